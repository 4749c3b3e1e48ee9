package dev.waggle.broker.config;

import dev.waggle.auth.jwt.IdTokenIssuer;
import dev.waggle.auth.jwt.keys.KeyDownload;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of one entry of {@code exchange}, and the list of them; paths are within the entry. */
final class ExchangeSettings {
    /** Whether a token without a nonce is taken. */
    enum Nonce {
        REQUIRED,
        OPTIONAL
    }

    static final Setting<String> ISSUER = new Setting<>(
            "issuer",
            "",
            "",
            Kind.matching("1 to 255 printable ASCII characters", "[!-~]{1,255}"),
            "iss of its id tokens, compared exactly; Google's short one is taken too");
    static final Setting<List<String>> CLIENT_IDS = new Setting<>(
            "clientIds",
            "",
            "[]",
            Kind.several("a list of 1 to 255 printable ASCII characters each, no commas", "[!-+\\--~]{1,255}"),
            "the client ids of your apps there; aud must be one of them");
    static final Setting<Optional<URI>> JWKS_URI = IssuerSettings.JWKS_URI;
    static final Setting<Set<SignatureAlgorithm>> ALGORITHMS = new Setting<>(
            "algorithms",
            "",
            "RS256,ES256",
            IssuerSettings.ALGORITHMS.kind(),
            "alg of its id tokens; others are refused whatever its keys are");
    static final Setting<Nonce> NONCE = new Setting<>(
            "nonce",
            "",
            "required",
            Kind.oneOf(Nonce.class),
            "required: an id token without a nonce is refused; one that has a nonce is only taken with it, either way");

    static final List<Setting<?>> ALL = List.of(ISSUER, CLIENT_IDS, JWKS_URI, ALGORITHMS, NONCE);

    private ExchangeSettings() {}

    /** The entries without a problem; the others become problems. */
    static List<IdTokenIssuer> read(Map<String, Given> given, List<Problem> problems) {
        List<IdTokenIssuer> sound = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Entries.EXCHANGE.of(given).forEach((prefix, keys) -> {
            int before = problems.size();
            Values values = new Acceptance(ALL, prefix, ExchangeSettings::nearest).accept(keys, problems);
            if (!keys.containsKey(ISSUER.path())) {
                problems.add(new Problem(prefix + ISSUER.path(), "is missing", ISSUER.allowed()));
            }
            if (values.of(CLIENT_IDS).isEmpty()) {
                problems.add(new Problem(prefix + CLIENT_IDS.path(), "is missing", CLIENT_IDS.allowed()));
            }
            if (problems.size() == before) {
                check(prefix, values, names, problems);
            }
            if (problems.size() == before) {
                sound.add(new IdTokenIssuer(
                        values.of(ISSUER),
                        Set.copyOf(values.of(CLIENT_IDS)),
                        values.of(JWKS_URI).orElse(null),
                        values.of(ALGORITHMS),
                        values.of(NONCE) == Nonce.REQUIRED));
            }
        });
        return List.copyOf(sound);
    }

    private static void check(String prefix, Values values, Set<String> names, List<Problem> problems) {
        String name = values.of(ISSUER);
        if (!names.add(name)) {
            problems.add(new Problem(prefix + ISSUER.path(), "'" + name + "' is there twice", "each provider once"));
        }
        if (values.of(JWKS_URI).isEmpty()) {
            KeyDownload.metadataOf(name)
                    .fold(
                            metadata -> true,
                            reason -> problems.add(new Problem(
                                    prefix + JWKS_URI.path(),
                                    "is missing, and the issuer '" + name + "' " + reason,
                                    JWKS_URI.allowed())));
        }
    }

    /** What no entry shows by itself. */
    static void check(WaggleConfig config, List<Problem> problems) {
        if (!config.issuers().exchange().isEmpty() && !config.issuers().hasAccounts()) {
            problems.add(new Problem(
                    Entries.EXCHANGE.path(),
                    "there are no accounts: they need the local issuer, and its subjects raw",
                    "none, or localIssuer.enabled: true with localIssuer.subjects: raw"));
        }
    }

    private static String nearest(String unknown) {
        return ALL.stream().map(Setting::path).collect(Collectors.joining(", "));
    }
}
