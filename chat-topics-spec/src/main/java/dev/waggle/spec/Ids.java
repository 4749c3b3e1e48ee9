package dev.waggle.spec;

/** The one alphabet of all ids: {@code [A-Za-z0-9_-]}, which is safe in topics, file names and keys. */
final class Ids {
    private Ids() {}

    static boolean isValid(String text, int max) {
        int length = text.length();
        if (length == 0 || length > max) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    static String require(String text, int max, String name) {
        if (!isValid(text, max)) {
            throw new IllegalArgumentException(name + " must match [A-Za-z0-9_-]{1," + max + "}");
        }
        return text;
    }
}
