package dev.waggle.push.apns;

import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.waggle.push.Address;
import dev.waggle.push.Push;
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A push as a request to APNs. */
final class ApnsNotification {
    /** The token becomes part of the path: nothing else may get into it. */
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Fa-f]+");

    /** What a header may hold, and no longer than APNs takes. */
    private static final Pattern COLLAPSE_ID = Pattern.compile("[\\x21-\\x7e]{1,64}");

    /** APNs keeps nothing for longer. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private ApnsNotification() {}

    /** Nothing leaves for what cannot be an address of ours: APNs holds bad ones against the sender. */
    static Parsed<Address.Apns> address(Address to, ApnsSettings settings) {
        if (!(to instanceof Address.Apns apns)) {
            return Parsed.bad("not an address at APNs");
        }
        if (!TOKEN.matcher(apns.token()).matches()) {
            return Parsed.bad("token is not hexadecimal");
        }
        return settings.topics().contains(apns.topic()) ? Parsed.ok(apns) : Parsed.bad("topic is not in the settings");
    }

    /** @param now Unix milliseconds */
    static Parsed<SimpleApnsPushNotification> of(Address.Apns to, Push push, long now) {
        ApnsForm form = ApnsForm.of(push, to.topic());
        if (form == null) {
            return Parsed.bad("only calls may be sent to PushKit");
        }
        return ApnsPayload.of(push, form)
                .map(payload -> Parsed.ok(new SimpleApnsPushNotification(
                        to.token(),
                        to.topic(),
                        payload,
                        expiration(push, now),
                        form.priority(),
                        form.type(),
                        form == ApnsForm.ALERT ? collapseId(push.thread()) : null,
                        push.id())))
                .orElseGet(() -> Parsed.bad("too large for APNs"));
    }

    /** @return null: one attempt, nothing is kept. A call that comes late is none. */
    private static @Nullable Instant expiration(Push push, long now) {
        return push.kind() == Push.Kind.CALL || push.expiresAt() <= now
                ? null
                : Instant.ofEpochMilli(Math.min(push.expiresAt(), now + LONGEST.toMillis()));
    }

    private static String collapseId(String thread) {
        if (COLLAPSE_ID.matcher(thread).matches()) {
            return thread;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(thread.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
