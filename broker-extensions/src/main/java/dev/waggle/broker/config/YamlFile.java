package dev.waggle.broker.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a YAML file into words by path. What cannot be read becomes a problem. */
final class YamlFile {

    private static final int LARGEST = 1 << 20;

    private YamlFile() {}

    static Map<String, Given> read(Path file, List<Problem> problems) {
        Path parent = file.toAbsolutePath().getParent();
        YamlText text = new YamlText(file.toString(), parent == null ? file.toAbsolutePath() : parent, problems);
        try {
            if (Files.size(file) > LARGEST) {
                problems.add(new Problem(file.toString(), "is larger than 1 MiB", "a YAML file"));
            } else {
                text.read(Files.readString(file));
            }
        } catch (IOException unreadable) {
            problems.add(new Problem(file.toString(), "cannot be read: " + unreadable, "a readable YAML file"));
        }
        return text.leaves();
    }
}
