package dev.waggle.spec.topic;

import dev.waggle.spec.Parsed;

/** Topic names and topic filters of MQTT (MQTT 5 §4.7), as pure functions over untrusted text; nothing throws. */
public final class TopicFilters {
    /** The longest UTF-8 string of MQTT, in bytes. */
    public static final int MAX_BYTES = 65_535;

    private TopicFilters() {}

    /** A topic name: not empty, no wildcard, no NUL, valid UTF-16, at most {@code maxBytes} in UTF-8. */
    public static Parsed<String> name(String topic, int maxBytes) {
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (c == '#' || c == '+') {
                return Parsed.bad("a topic name has no wildcard + or #");
            }
        }
        return text(topic, maxBytes);
    }

    /** A topic filter: as a name, but {@code +} may be a whole level, and {@code #} the whole last level. */
    public static Parsed<String> filter(String filter, int maxBytes) {
        int length = filter.length();
        for (int i = 0; i < length; i++) {
            char c = filter.charAt(i);
            if (c != '#' && c != '+') {
                continue;
            }
            boolean beginsLevel = i == 0 || filter.charAt(i - 1) == '/';
            boolean endsLevel = i == length - 1 || filter.charAt(i + 1) == '/';
            if (!beginsLevel || !endsLevel) {
                return Parsed.bad("the wildcards + and # stand for whole levels");
            }
            if (c == '#' && i != length - 1) {
                return Parsed.bad("the wildcard # may only be the last level");
            }
        }
        return text(filter, maxBytes);
    }

    /**
     * True if a publish to {@code topic} reaches a subscription of {@code filter}; both legal. A wildcard in the first
     * level does not match topics that begin with {@code $} (MQTT 5 §4.7.2). Shared subscriptions are not taken apart.
     */
    public static boolean matches(String filter, String topic) {
        return covers(filter, topic);
    }

    /**
     * True if every topic that {@code narrow} matches is matched by {@code wide} too; both legal filters. A topic name is
     * a filter that matches itself.
     */
    public static boolean covers(String wide, String narrow) {
        if (narrow.startsWith("$") && (wide.startsWith("#") || wide.startsWith("+"))) {
            return false;
        }
        int w = 0;
        int n = 0;
        while (true) {
            if (isHash(wide, w)) {
                return true;
            }
            if (isHash(narrow, n)) {
                return false;
            }
            int wideEnd = levelEnd(wide, w);
            int narrowEnd = levelEnd(narrow, n);
            boolean any = wideEnd - w == 1 && wide.charAt(w) == '+';
            if (!any && (wideEnd - w != narrowEnd - n || !wide.regionMatches(w, narrow, n, wideEnd - w))) {
                return false;
            }
            boolean wideDone = wideEnd == wide.length();
            if (narrowEnd == narrow.length()) {
                // "a/#" matches "a" itself: the parent level (MQTT 5 §4.7.1.2).
                return wideDone || (isHash(wide, wideEnd + 1));
            }
            if (wideDone) {
                return false;
            }
            w = wideEnd + 1;
            n = narrowEnd + 1;
        }
    }

    /**
     * True if {@code filter} is legal and no topic that it matches lies outside {@code prefix}: the access rule of
     * SUBSCRIBE. The level that the prefix names counts as inside, because {@code u/bob/#} matches {@code u/bob}, where
     * nobody may publish. Shared subscriptions and {@code $…} are never inside.
     *
     * @param prefix without wildcards, ending in {@code /}, such as {@code u/bob/}
     */
    public static boolean containedIn(String filter, String prefix) {
        return !filter.startsWith("$")
                && prefix.endsWith("/")
                && filter.length() > prefix.length()
                && filter.startsWith(prefix)
                && filter(filter, MAX_BYTES).isOk();
    }

    private static boolean isHash(String text, int start) {
        return start == text.length() - 1 && text.charAt(start) == '#';
    }

    private static int levelEnd(String text, int start) {
        int slash = text.indexOf('/', start);
        return slash < 0 ? text.length() : slash;
    }

    private static Parsed<String> text(String text, int maxBytes) {
        if (text.isEmpty()) {
            return Parsed.bad("an MQTT topic has at least one character");
        }
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return Parsed.bad("an MQTT topic has no NUL");
            }
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return Parsed.bad("an MQTT topic is valid Unicode without lone surrogates");
            }
            if (bytes > maxBytes) {
                return Parsed.bad("a topic has at most " + maxBytes + " bytes");
            }
        }
        return Parsed.ok(text);
    }
}
