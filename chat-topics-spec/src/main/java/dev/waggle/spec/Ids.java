package dev.waggle.spec;

/** The one alphabet of all ids: {@code [A-Za-z0-9_-]}, which is safe in topics, file names and keys. */
public final class Ids {
    private Ids() {}

    /** True if the whole text is an id of 1…{@code max} characters. */
    public static boolean isValid(String text, int max) {
        return isValid(text, 0, text.length(), max);
    }

    /** The same for the part from {@code start} to before {@code end}, without a copy. */
    public static boolean isValid(String text, int start, int end, int max) {
        int length = end - start;
        if (length <= 0 || length > max) {
            return false;
        }
        for (int i = start; i < end; i++) {
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
