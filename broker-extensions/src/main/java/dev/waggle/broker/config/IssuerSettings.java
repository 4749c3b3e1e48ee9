package dev.waggle.broker.config;

import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.auth.jwt.keys.WebAddress;
import dev.waggle.spec.Parsed;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The keys of one entry of {@code issuers}; paths are within the entry. */
final class IssuerSettings {
    private static final String PRINTABLE = "[!-~]{1,255}";
    private static final String CLAIM = "[A-Za-z0-9_.:/-]{1,64}";
    private static final String CLAIM_ALLOWED = "1 to 64 of A-Z a-z 0-9 _ . : / -";

    /** Whether subjects that have the form of user ids are user ids. */
    enum Subjects {
        RAW,
        MAPPED
    }

    static final Setting<String> ISSUER = new Setting<>(
            "issuer",
            "",
            "",
            Kind.matching("1 to 255 printable ASCII characters", PRINTABLE),
            "iss of its tokens, compared exactly");
    static final Setting<String> AUDIENCE = new Setting<>(
            "audience",
            "",
            "",
            Kind.matching("1 to 255 printable ASCII characters", PRINTABLE),
            "must be aud of the token, or one entry of it");
    static final Setting<Optional<URI>> JWKS_URI = new Setting<>(
            "jwksUri",
            "",
            "discovery",
            word(
                    "discovery: the issuer's OpenID metadata say it, or " + WebAddress.ALLOWED,
                    text -> text.equals("discovery")
                            ? Parsed.ok(Optional.empty())
                            : WebAddress.parse(text).then(address -> Parsed.ok(Optional.of(address)))),
            "where its keys are published");
    static final Setting<ExternalIssuer.Type> TYP = new Setting<>(
            "typ",
            "",
            "at+jwt",
            word("at+jwt or JWT", text -> switch (text) {
                case "at+jwt" -> Parsed.ok(ExternalIssuer.Type.ACCESS_TOKEN);
                case "JWT" -> Parsed.ok(ExternalIssuer.Type.JWT);
                default -> Parsed.bad("is not one of them");
            }),
            "typ of its access tokens; with JWT they must have scope, scp or client_id, which id tokens have not");
    static final Setting<Set<SignatureAlgorithm>> ALGORITHMS = new Setting<>(
            "algorithms",
            "",
            "ES256,RS256,PS256,EdDSA",
            algorithms(),
            "alg of its tokens; others are refused whatever its keys are");
    static final Setting<String> USER_CLAIM =
            new Setting<>("userClaim", "", "sub", Kind.matching(CLAIM_ALLOWED, CLAIM), "the claim that names the user");
    static final Setting<String> DEVICE_CLAIM = new Setting<>(
            "deviceClaim",
            "",
            "device_id",
            Kind.matching(CLAIM_ALLOWED, CLAIM),
            "the claim that names the device; a token without it is for any device of the user");
    static final Setting<String> ROLE_CLAIM = new Setting<>(
            "roleClaim",
            "",
            "none",
            Kind.matching(CLAIM_ALLOWED + ", or none", CLAIM),
            "the claim with exactly one role, built-in or of roles, in a list; none: all are plain users");
    static final Setting<String> TOPICS_CLAIM = new Setting<>(
            "topicsClaim",
            "",
            "none",
            Kind.matching(CLAIM_ALLOWED + ", or none", CLAIM),
            "the claim that narrows the rights to ordinary topics, a list of 'ACTIONS FILTER [qos<=N] [noretain]'; a token without it then has none. none: only topics.rules count");
    static final Setting<Subjects> SUBJECTS = new Setting<>(
            "subjects",
            "",
            "mapped",
            Kind.oneOf(Subjects.class),
            "raw: the user id is the subject, at one issuer of all at most; mapped: it is derived from both");
    static final Setting<Duration> MAX_LIFETIME =
            new Setting<>("maxLifetime", "", "24h", Kind.span("1m", "30d"), "longest time from iat to exp of a token");
    static final Setting<Duration> OUTAGE = new Setting<>(
            "outage",
            "",
            "24h",
            Kind.span("1m", "7d"),
            "how long known keys serve while its keys cannot be fetched; then its users get 0x88");

    static final List<Setting<?>> ALL = List.of(
            ISSUER,
            AUDIENCE,
            JWKS_URI,
            TYP,
            ALGORITHMS,
            USER_CLAIM,
            DEVICE_CLAIM,
            ROLE_CLAIM,
            TOPICS_CLAIM,
            SUBJECTS,
            MAX_LIFETIME,
            OUTAGE);

    private IssuerSettings() {}

    static ExternalIssuer issuer(Values values) {
        String role = values.of(ROLE_CLAIM);
        String topics = values.of(TOPICS_CLAIM);
        return new ExternalIssuer(
                values.of(ISSUER),
                values.of(AUDIENCE),
                values.of(JWKS_URI).orElse(null),
                values.of(TYP),
                values.of(ALGORITHMS),
                values.of(USER_CLAIM),
                values.of(DEVICE_CLAIM),
                role.equals("none") ? null : role,
                values.of(SUBJECTS) == Subjects.RAW,
                values.of(MAX_LIFETIME),
                values.of(OUTAGE),
                topics.equals("none") ? null : topics);
    }

    private static <T> Kind<T> word(String allowed, Function<String, Parsed<T>> read) {
        return new Kind<>(
                allowed, words -> words.size() == 1 ? read.apply(words.get(0)) : Parsed.bad("must be one value"));
    }

    private static Kind<Set<SignatureAlgorithm>> algorithms() {
        Kind<List<String>> names = Kind.several("a list of " + SignatureAlgorithm.ALLOWED, "[A-Za-z0-9]{1,16}");
        return new Kind<>(
                names.allowed(),
                words -> names.read().apply(words).then(list -> {
                    Set<SignatureAlgorithm> known = EnumSet.noneOf(SignatureAlgorithm.class);
                    for (String name : list) {
                        if (!SignatureAlgorithm.parse(name).isOk()) {
                            return Parsed.bad("holds '" + name + "'");
                        }
                        known.add(SignatureAlgorithm.parse(name).get());
                    }
                    return known.isEmpty() ? Parsed.bad("holds none") : Parsed.ok(known);
                }));
    }
}
