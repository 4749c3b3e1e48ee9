package dev.waggle.broker.config;

import java.util.Comparator;
import java.util.List;

/** What somebody may have meant by a key that does not exist. */
final class NearestKeys {

    private NearestKeys() {}

    static String to(String unknown) {
        List<String> inSection = Settings.ALL.stream()
                .map(Setting::path)
                .filter(path -> path.startsWith(unknown + "."))
                .toList();
        if (!inSection.isEmpty()) {
            return "the section's keys " + String.join(", ", inSection);
        }
        String nearest = Settings.ALL.stream()
                .map(Setting::path)
                .min(Comparator.comparingInt(path -> distance(path, unknown)))
                .orElseThrow();
        return "the keys of conf/README.md; nearest: " + nearest;
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            before[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] now = new int[other.length() + 1];
            now[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int change = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                now[column] = Math.min(before[column - 1] + change, 1 + Math.min(before[column], now[column - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
