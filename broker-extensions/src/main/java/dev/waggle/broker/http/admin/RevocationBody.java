package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.revocation.Key;
import dev.waggle.auth.revocation.Revocation;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The JSON of a revocation. Reading is total. */
final class RevocationBody {
    private static final int MAX_TOKEN_ID = 255;

    /** A token of another issuer is taken so much longer than its {@code exp} says, at most. */
    private static final long LATENESS_MILLIS = 30_000;

    /** 9999-12-31, seconds. */
    private static final long LAST_DATE = 253_402_300_799L;

    private RevocationBody() {}

    /** @param now Unix milliseconds */
    static Parsed<Revocation> read(Bytes body, List<String> issuers, long now) {
        return AdminJson.read(body, Set.of("jti", "issuer", "exp", "user", "device", "before"))
                .then(json -> {
                    boolean token = json.has("jti") || json.has("issuer") || json.has("exp");
                    boolean user = json.has("user") || json.has("device") || json.has("before");
                    if (token == user) {
                        return Parsed.bad(
                                "either jti, with issuer and exp or not, or user, with device and before or not");
                    }
                    return token ? ofToken(json, issuers, now) : ofUser(json, now);
                });
    }

    private static Parsed<Revocation> ofToken(JsonNode json, List<String> issuers, long now) {
        return AdminJson.text(json, "jti").then(jti -> {
            String issuer = json.path("issuer").asText(LocalIssuer.DEFAULT_NAME);
            if (!issuers.contains(issuer)) {
                return Parsed.bad("issuer must be one of " + issuers);
            }
            if (jti.isEmpty() || jti.length() > MAX_TOKEN_ID || !jti.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
                return Parsed.bad("jti has 1 to " + MAX_TOKEN_ID + " printable ASCII characters");
            }
            return until(json.path("exp"), now).then(until -> Parsed.ok(new Revocation.OfToken(issuer, jti, until)));
        });
    }

    /** When the token has ended for certain: {@code exp} is in seconds, as the token says it. */
    private static Parsed<Long> until(JsonNode exp, long now) {
        long latest = now + Revocation.LONGEST.toMillis();
        if (exp.isMissingNode()) {
            return Parsed.ok(latest);
        }
        boolean date = exp.isIntegralNumber()
                && exp.canConvertToLong()
                && exp.longValue() >= 0
                && exp.longValue() <= LAST_DATE;
        return date
                ? Parsed.ok(Math.min(latest, exp.longValue() * 1000 + LATENESS_MILLIS))
                : Parsed.bad("exp is that of the token: a whole number of seconds");
    }

    private static Parsed<Revocation> ofUser(JsonNode json, long now) {
        return AdminJson.text(json, "user")
                .then(UserId::parse)
                .then(user -> before(json.path("before"), now)
                        .then(time -> json.has("device")
                                ? AdminJson.text(json, "device")
                                        .then(DeviceId::parse)
                                        .then(device -> Parsed.ok(new Revocation.OfDevice(user, device, time)))
                                : Parsed.ok(new Revocation.OfUser(user, time))));
    }

    private static Parsed<Long> before(JsonNode time, long now) {
        long latest = Revocation.fromNow(now);
        if (time.isMissingNode()) {
            return Parsed.ok(latest);
        }
        boolean past = time.isIntegralNumber()
                && time.canConvertToLong()
                && time.longValue() >= 0
                && time.longValue() <= latest;
        return past ? Parsed.ok(time.longValue()) : Parsed.bad("before is in Unix milliseconds, not in the future");
    }

    static ObjectNode write(Revocation revocation) {
        ObjectNode json = AdminJson.object();
        if (revocation instanceof Revocation.OfToken token) {
            json.put("kind", "token").put("issuer", token.issuer()).put("jti", token.tokenId());
        } else if (revocation instanceof Revocation.OfDevice device) {
            json.put("kind", "device")
                    .put("user", device.user().value())
                    .put("device", device.device().value())
                    .put("before", device.validAfter());
        } else if (revocation instanceof Revocation.OfUser user) {
            json.put("kind", "user").put("user", user.user().value()).put("before", user.validAfter());
        } else if (revocation instanceof Revocation.Disabled disabled) {
            return json.put("kind", "disabled").put("user", disabled.user().value());
        } else if (revocation instanceof Revocation.OfLogIns logIns) {
            json.put("kind", "log-ins").put("user", logIns.user().value());
            if (logIns.device() != null) {
                json.put("device", logIns.device().value());
            }
            json.put("before", logIns.validAfter());
        }
        return json.put("until", revocation.until());
    }

    /** Where a page ended, for the next; opaque to clients. */
    static String cursor(Key key) {
        String text = key.kind() + "\n" + key.owner() + "\n" + key.name();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Parsed<Key> cursor(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
            return parts.length == 3
                    ? Parsed.ok(new Key(Key.Kind.valueOf(parts[0]), parts[1], parts[2]))
                    : Parsed.bad(NO_CURSOR);
        } catch (IllegalArgumentException e) {
            return Parsed.bad(NO_CURSOR);
        }
    }

    private static final String NO_CURSOR = "after must be what the page before gave as next";
}
