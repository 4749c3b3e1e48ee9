package dev.waggle.broker.config;

import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.keys.KeyDownload;
import dev.waggle.spec.Parsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the list {@code issuers}, and holds its entries and the local issuer against each other.
 *
 * @param entries what was accepted of each, by the prefix of its paths; in the order of the file
 * @param sound the entries without a problem of their own
 */
record IssuerList(Map<String, Values> entries, List<ExternalIssuer> sound) {
    static IssuerList read(Map<String, Given> given, List<Problem> problems) {
        Map<String, Values> accepted = new LinkedHashMap<>();
        List<ExternalIssuer> sound = new ArrayList<>();
        Entries.ISSUERS.of(given).forEach((prefix, keys) -> {
            int before = problems.size();
            Values values = accept(prefix, keys, problems);
            accepted.put(prefix, values);
            if (problems.size() == before) {
                sound.add(IssuerSettings.issuer(values));
            }
        });
        return new IssuerList(accepted, List.copyOf(sound));
    }

    private static Values accept(String prefix, Map<String, Given> keys, List<Problem> problems) {
        int before = problems.size();
        for (Setting<?> needed : List.of(IssuerSettings.ISSUER, IssuerSettings.AUDIENCE)) {
            if (!keys.containsKey(needed.path())) {
                problems.add(new Problem(prefix + needed.path(), "is missing", needed.allowed()));
            }
        }
        Values values = new Acceptance(IssuerSettings.ALL, prefix, IssuerList::nearest).accept(keys, problems);
        if (problems.size() == before && values.of(IssuerSettings.JWKS_URI).isEmpty()) {
            String name = values.of(IssuerSettings.ISSUER);
            KeyDownload.metadataOf(name)
                    .fold(
                            metadata -> true,
                            reason -> problems.add(new Problem(
                                    prefix + IssuerSettings.JWKS_URI.path(),
                                    "is missing, and the issuer '" + name + "' " + reason,
                                    IssuerSettings.JWKS_URI.allowed())));
        }
        return values;
    }

    private static String nearest(String unknown) {
        return IssuerSettings.ALL.stream().map(Setting::path).collect(Collectors.joining(", "));
    }

    /** What no entry shows by itself. */
    void check(boolean local, boolean localRaw, List<Problem> problems) {
        if (!local && entries.isEmpty()) {
            problems.add(new Problem(
                    Settings.LOCAL_ISSUER.path(), "false without any other issuer lets nobody in", "true, or issuers"));
        }
        Map<String, String> places = new HashMap<>(Map.of(LocalIssuer.DEFAULT_NAME, "the local issuer"));
        String raw = local && localRaw ? Settings.LOCAL_SUBJECTS.path() : "";
        for (Map.Entry<String, Values> entry : entries.entrySet()) {
            Values values = entry.getValue();
            Parsed<?> name = values.given().get(IssuerSettings.ISSUER);
            if (name != null && name.isOk()) {
                String path = entry.getKey() + IssuerSettings.ISSUER.path();
                String other = places.putIfAbsent(values.of(IssuerSettings.ISSUER), path);
                if (other != null) {
                    problems.add(new Problem(
                            path, "'" + values.of(IssuerSettings.ISSUER) + "' is also " + other, "each issuer once"));
                }
            }
            String subjects = entry.getKey() + IssuerSettings.SUBJECTS.path();
            boolean isRaw = values.of(IssuerSettings.SUBJECTS) == IssuerSettings.Subjects.RAW;
            if (isRaw && !raw.isEmpty()) {
                problems.add(new Problem(
                        subjects,
                        "raw is also " + raw + ": two people could then be one user",
                        "raw at one issuer at most; for the local one say " + Settings.LOCAL_SUBJECTS.path()
                                + ": mapped or " + Settings.LOCAL_ISSUER.path() + ": false"));
            } else if (isRaw) {
                raw = subjects;
            }
        }
    }
}
