package dev.waggle.broker.config;

/**
 * One key of the configuration.
 *
 * @param path its place in the file, such as {@code limits.sends.rate}
 * @param unit what the number counts, or empty
 * @param fallback the default as it would be written, in the form that {@link Kind#read} takes
 * @param kind which values are allowed
 * @param meaning one sentence
 * @param <T> the type of its value
 */
record Setting<T>(String path, String unit, String fallback, Kind<T> kind, String meaning) {

    /** The environment variable that overrides it: the path in upper case with {@code _} for {@code .}. */
    String variable() {
        return "WAGGLE_" + path.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    }

    /** What is allowed, with the unit. */
    String allowed() {
        return unit.isEmpty() ? kind.allowed() : kind.allowed() + " " + unit;
    }
}
