package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file with the invitation code that has no end: a secret, so it stands in no configuration. */
public final class InviteFile {
    /** Shorter ones are guessed. */
    private static final int MIN_CHARACTERS = 12;

    private static final int MAX_CHARACTERS = 256;

    /** What is larger is another file. */
    private static final int MAX_BYTES = 4_096;

    private InviteFile() {}

    /** Its first line without blanks around it. Blocks on the disk. */
    public static Parsed<Secret> read(Path file) {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                return Parsed.bad(file + " has more than " + MAX_BYTES + " bytes");
            }
            text = Files.readString(file);
        } catch (IOException unreadable) {
            return Parsed.bad(file + " cannot be read");
        }
        String code = text.lines().findFirst().orElse("").strip();
        return code.length() < MIN_CHARACTERS || code.length() > MAX_CHARACTERS
                ? Parsed.bad("the first line of " + file + " has not " + MIN_CHARACTERS + " to " + MAX_CHARACTERS
                        + " characters")
                : Parsed.ok(new Secret(code));
    }
}
