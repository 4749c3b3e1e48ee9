package dev.waggle.broker.cli.mqtt;

/** Other people's text on one line of a terminal: control characters are shown, not obeyed. */
public final class TerminalText {

    private TerminalText() {}

    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n') {
                plain.append(" ⏎ ");
            } else if (Character.isISOControl(point)
                    || Character.getType(point) == Character.FORMAT
                    || Character.getType(point) == Character.LINE_SEPARATOR
                    || Character.getType(point) == Character.PARAGRAPH_SEPARATOR) {
                plain.append("\\u{").append(Integer.toHexString(point)).append('}');
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }
}
