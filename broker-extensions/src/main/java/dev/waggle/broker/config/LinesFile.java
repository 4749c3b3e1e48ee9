package dev.waggle.broker.config;

import dev.waggle.push.webhook.WebhookSignature;
import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that a setting names, line by line. */
final class LinesFile {
    /** 10,000 words are some 100 KB. */
    private static final long MOST_BYTES = 1L << 20;

    private LinesFile() {}

    /** Its lines that say something. Total. */
    static Parsed<List<String>> read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Parsed.bad("the file " + file + " has more than " + MOST_BYTES + " bytes");
            }
            return Parsed.ok(Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            return Parsed.bad("the file " + file + " cannot be read as UTF-8");
        }
    }

    /** Its first line. */
    static Parsed<Secret> secret(Path file) {
        return read(file).then(lines -> {
            int least = WebhookSignature.LEAST_SECRET_BYTES;
            return !lines.isEmpty() && lines.get(0).getBytes(StandardCharsets.UTF_8).length >= least
                    ? Parsed.ok(new Secret(lines.get(0)))
                    : Parsed.bad("the first line of " + file + " has fewer than " + least + " characters");
        });
    }
}
