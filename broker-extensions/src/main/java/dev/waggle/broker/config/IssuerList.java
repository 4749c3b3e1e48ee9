package dev.waggle.broker.config;

import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.keys.KeyDownload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the list {@code issuers}, and holds its entries and the local issuer against each other. */
final class IssuerList {
    static final String PATH = "issuers";

    private static final Pattern ENTRY = Pattern.compile("issuers(\\[[0-9]+])\\.(.+)");

    private IssuerList() {}

    /** True for a key of an entry. */
    static boolean isEntry(String path) {
        return ENTRY.matcher(path).matches();
    }

    /** In the order of the file; entries with problems are left out. */
    static List<ExternalIssuer> read(Map<String, Given> given, List<Problem> problems) {
        Map<String, Map<String, Given>> entries = new LinkedHashMap<>();
        given.forEach((path, value) -> {
            Matcher entry = ENTRY.matcher(path);
            if (entry.matches()) {
                entries.computeIfAbsent(PATH + entry.group(1) + ".", at -> new LinkedHashMap<>())
                        .put(entry.group(2), value);
            }
        });
        List<ExternalIssuer> issuers = new ArrayList<>();
        entries.forEach((prefix, keys) -> {
            int before = problems.size();
            Values values = accept(prefix, keys, problems);
            if (problems.size() == before) {
                issuers.add(IssuerSettings.issuer(values));
            }
        });
        return List.copyOf(issuers);
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

    /** Only if the entries themselves are sound: those with problems are not in the list. */
    static void check(WaggleConfig.Issuers issuers, List<Problem> problems) {
        if (problems.stream().anyMatch(problem -> problem.key().startsWith(PATH))) {
            return;
        }
        if (!issuers.local() && issuers.external().isEmpty()) {
            problems.add(new Problem(
                    Settings.LOCAL_ISSUER.path(), "false without any other issuer lets nobody in", "true, or issuers"));
        }
        Map<String, Integer> places = new HashMap<>();
        String raw = issuers.local() && issuers.localRaw() ? Settings.LOCAL_SUBJECTS.path() : "";
        for (int i = 0; i < issuers.external().size(); i++) {
            ExternalIssuer issuer = issuers.external().get(i);
            String entry = PATH + "[" + i + "].";
            Integer same = places.putIfAbsent(issuer.name(), i);
            if (same != null || issuer.name().equals(LocalIssuer.DEFAULT_NAME)) {
                problems.add(new Problem(
                        entry + IssuerSettings.ISSUER.path(),
                        "'" + issuer.name() + "' is also "
                                + (same == null ? "the local issuer" : PATH + "[" + same + "]"),
                        "each issuer once"));
            }
            if (issuer.rawSubjects() && !raw.isEmpty()) {
                problems.add(new Problem(
                        entry + IssuerSettings.SUBJECTS.path(),
                        "raw is also " + raw + ": two people could then be one user",
                        "raw at one issuer at most; for the local one say " + Settings.LOCAL_SUBJECTS.path()
                                + ": mapped or " + Settings.LOCAL_ISSUER.path() + ": false"));
            } else if (issuer.rawSubjects()) {
                raw = entry + IssuerSettings.SUBJECTS.path();
            }
        }
    }
}
