package dev.waggle.spec.fuzz;

import dev.waggle.spec.topic.TopicFilters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Two filters and a topic, one a line, against a matcher written from the standard's text (MQTT 5 §4.7), which knows
 * nothing of containment. Levels of one filter that match anything are tried with a word that no filter has.
 */
public final class FilterTarget {
    private static final String FRESH = "\u2603";
    private static final String PREFIX = "u/alice/";

    private FilterTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 3);
        if (lines.length == 3) {
            check(lines[0], lines[1], lines[2]);
        }
    }

    private static void check(String wide, String narrow, String topic) {
        holds(legal(wide) == TopicFilters.filter(wide, TopicFilters.MAX_BYTES).isOk(), "legal?", wide, narrow, topic);
        boolean name = legal(topic) && !topic.contains("+") && !topic.contains("#");
        holds(name == TopicFilters.name(topic, TopicFilters.MAX_BYTES).isOk(), "a name?", wide, narrow, topic);
        boolean inside = TopicFilters.containedIn(narrow, PREFIX);
        boolean covers = legal(wide) && legal(narrow) && TopicFilters.covers(wide, narrow);
        if (name && legal(wide)) {
            holds(matches(wide, topic) == TopicFilters.matches(wide, topic), "matches?", wide, narrow, topic);
        }
        if (name && legal(narrow) && matches(narrow, topic)) {
            holds(!covers || matches(wide, topic), "covers too much", wide, narrow, topic);
            holds(!inside || isInside(topic), "not contained", wide, narrow, topic);
        }
        if (legal(wide) && legal(narrow) && !wide.contains(FRESH) && !narrow.contains(FRESH)) {
            boolean all = true;
            for (String witness : witnesses(narrow, wide.split("/", -1).length + 1)) {
                all &= matches(wide, witness);
                holds(!covers || matches(wide, witness), "covers too much", wide, narrow, witness);
                holds(!inside || isInside(witness), "not contained", wide, narrow, witness);
            }
            holds(narrow.endsWith("#") || covers == all, "covers too little", wide, narrow, topic);
        }
    }

    /** The level itself counts: {@code u/alice/#} matches it, and nobody may publish there. */
    private static boolean isInside(String topic) {
        return topic.startsWith(PREFIX) || topic.equals("u/alice");
    }

    /** Topics of a filter: its wildcards stand for a word of their own, {@code #} for none to some of them. */
    private static List<String> witnesses(String filter, int most) {
        List<String> topics = new ArrayList<>();
        String plain = ("/" + filter + "/").replace("/+/", "/" + FRESH + "/").replace("/+/", "/" + FRESH + "/");
        String filled = plain.substring(1, plain.length() - 1);
        if (!filled.endsWith("#")) {
            return List.of(filled);
        }
        String parent = filled.length() < 2 ? "" : filled.substring(0, filled.length() - 2);
        if (!parent.isEmpty()) {
            topics.add(parent);
        }
        StringBuilder below = new StringBuilder(filled.length() < 2 ? FRESH : parent + "/" + FRESH);
        for (int levels = 1; levels <= Math.min(most, 16); levels++) {
            topics.add(below.toString());
            below.append('/').append(FRESH);
        }
        return topics;
    }

    private static boolean legal(String filter) {
        if (filter.isEmpty() || filter.indexOf('\0') >= 0 || !isUnicode(filter)) {
            return false;
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean wild = levels[i].contains("+") || levels[i].contains("#");
            boolean allowed = levels[i].equals("+") || (levels[i].equals("#") && i == levels.length - 1);
            if (wild && !allowed) {
                return false;
            }
        }
        return filter.getBytes(StandardCharsets.UTF_8).length <= TopicFilters.MAX_BYTES;
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_16BE.newEncoder().canEncode(text);
    }

    private static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i == levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }

    private static void holds(boolean property, String what, String wide, String narrow, String topic) {
        if (!property) {
            throw new AssertionError(what + " wide " + wide + " narrow " + narrow + " topic " + topic);
        }
    }
}
