package dev.waggle.broker.cli.doctor;

/**
 * What was found.
 *
 * @param grade how bad
 * @param subject one word
 * @param text readable; what to do about it if it is wrong
 */
public record Finding(Grade grade, String subject, String text) {

    public enum Grade {
        OK,
        WARN,
        WRONG
    }

    static Finding ok(String subject, String text) {
        return new Finding(Grade.OK, subject, text);
    }

    static Finding warn(String subject, String text) {
        return new Finding(Grade.WARN, subject, text);
    }

    static Finding wrong(String subject, String text) {
        return new Finding(Grade.WRONG, subject, text);
    }
}
