package dev.waggle.broker.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads YAML into words by path; an entry of a list of objects has the path {@code list[0].key}. What cannot be read
 * becomes a problem.
 */
final class YamlText {
    private final String origin;
    private final Path base;
    private final List<Problem> problems;
    private final Map<String, Given> leaves = new LinkedHashMap<>();

    /**
     * @param origin the file or the variable
     * @param base what relative paths in it are relative to
     */
    YamlText(String origin, Path base, List<Problem> problems) {
        this.origin = origin;
        this.base = base;
        this.problems = problems;
    }

    Map<String, Given> leaves() {
        return leaves;
    }

    void read(String yaml) {
        YAMLMapper mapper = new YAMLMapper(YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
        try {
            JsonNode root = mapper.readTree(yaml);
            if (root.isObject()) {
                descend("", root);
            } else if (!root.isMissingNode() && !root.isNull()) {
                problems.add(new Problem(origin, "holds no keys", "key: value"));
            }
        } catch (JacksonException malformed) {
            problems.add(new Problem(
                    origin,
                    "is no YAML at line " + line(malformed) + ": " + malformed.getOriginalMessage(),
                    "YAML without repeated keys"));
        }
    }

    private void descend(String prefix, JsonNode section) {
        section.fields().forEachRemaining(field -> {
            String path = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                descend(path + ".", value);
            } else if (holdsObjects(value)) {
                for (int i = 0; i < value.size(); i++) {
                    entry(path + "[" + i + "]", value.get(i));
                }
            } else if (!value.isNull()) {
                leaves.put(path, new Given(words(value), origin, base));
            }
        });
    }

    private static boolean holdsObjects(JsonNode value) {
        for (JsonNode each : value) {
            if (value.isArray() && each.isObject()) {
                return true;
            }
        }
        return false;
    }

    private void entry(String path, JsonNode entry) {
        if (entry.isObject()) {
            descend(path + ".", entry);
        } else {
            problems.add(new Problem(path, "is no entry like the others", "key: value"));
        }
    }

    private static List<String> words(JsonNode value) {
        if (!value.isArray()) {
            return List.of(value.asText());
        }
        List<String> words = new ArrayList<>();
        value.forEach(each -> words.add(each.isValueNode() ? each.asText() : each.toString()));
        return words;
    }

    private static String line(JacksonException malformed) {
        return malformed.getLocation() == null
                ? "?"
                : String.valueOf(malformed.getLocation().getLineNr());
    }
}
