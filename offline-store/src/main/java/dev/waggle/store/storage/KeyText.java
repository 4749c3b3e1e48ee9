package dev.waggle.store.storage;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Keys for people: printable bytes as they are, the others as {@code \xNN}. */
public final class KeyText {
    private KeyText() {}

    public static String of(byte[] key) {
        StringBuilder text = new StringBuilder(key.length + 16);
        for (byte b : key) {
            if (b > ' ' && b < 0x7F && b != '\\') {
                text.append(new String(new byte[] {b}, StandardCharsets.US_ASCII));
            } else {
                text.append("\\x").append(HexFormat.of().toHexDigits(b));
            }
        }
        return text.toString();
    }
}
