package dev.waggle.push.credential;

import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small text file with a secret, as a provider's console gives it out. What it says never gets into a reason. */
public final class CredentialFile {
    /** A key in PEM has some 250 bytes, a service account's JSON some 2,500. */
    public static final int MOST_BYTES = 64 * 1024;

    private CredentialFile() {}

    /** The text; bad says in one sentence what is wrong with the file. Blocks for the disk. */
    public static Parsed<String> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Parsed.bad("the key file " + file + " is not there");
            }
            if (!Files.isRegularFile(file)) {
                return Parsed.bad("the key file " + file + " is not a file");
            }
            if (Files.size(file) > MOST_BYTES) {
                return Parsed.bad("the key file " + file + " is larger than " + MOST_BYTES + " bytes: not a key");
            }
            return Parsed.ok(Files.readString(file, StandardCharsets.UTF_8));
        } catch (AccessDeniedException e) {
            return Parsed.bad("the key file " + file + " may not be read by the user that the broker runs as");
        } catch (CharacterCodingException e) {
            return Parsed.bad(
                    "the key file " + file + " is not text: not a key as the provider's console gives it out");
        } catch (IOException e) {
            return Parsed.bad(
                    "the key file " + file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
