package dev.waggle.broker.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a YAML file into words by path. What cannot be read becomes a problem. */
final class YamlFile {

    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final List<Problem> problems;
    private final Map<String, Given> leaves = new LinkedHashMap<>();

    private YamlFile(Path file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    static Map<String, Given> read(Path file, List<Problem> problems) {
        YamlFile reading = new YamlFile(file, problems);
        reading.read();
        return reading.leaves;
    }

    private void read() {
        try {
            if (Files.size(file) > LARGEST) {
                problems.add(new Problem(file.toString(), "is larger than 1 MiB", "a YAML file"));
                return;
            }
            YAMLMapper mapper = new YAMLMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build());
            JsonNode root = mapper.readTree(Files.readAllBytes(file));
            if (root.isObject()) {
                descend("", root);
            } else if (!root.isMissingNode() && !root.isNull()) {
                problems.add(new Problem(file.toString(), "holds no keys", "key: value"));
            }
        } catch (JacksonException malformed) {
            problems.add(new Problem(
                    file.toString(),
                    "is no YAML at line " + line(malformed) + ": " + malformed.getOriginalMessage(),
                    "YAML without repeated keys"));
        } catch (IOException unreadable) {
            problems.add(new Problem(file.toString(), "cannot be read: " + unreadable, "a readable YAML file"));
        }
    }

    private void descend(String prefix, JsonNode section) {
        section.fields().forEachRemaining(field -> {
            String path = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                descend(path + ".", value);
            } else if (!value.isNull()) {
                leaves.put(path, new Given(words(value), file.toString(), directory()));
            }
        });
    }

    private static List<String> words(JsonNode value) {
        if (!value.isArray()) {
            return List.of(value.asText());
        }
        List<String> words = new ArrayList<>();
        value.forEach(each -> words.add(each.isValueNode() ? each.asText() : each.toString()));
        return words;
    }

    private Path directory() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static String line(JacksonException malformed) {
        return malformed.getLocation() == null
                ? "?"
                : String.valueOf(malformed.getLocation().getLineNr());
    }
}
