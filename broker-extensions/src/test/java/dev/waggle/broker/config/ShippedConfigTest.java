package dev.waggle.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.architecture.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped file, its document and the code say the same. */
class ShippedConfigTest {

    private final Path conf = ProjectRoot.find().resolve("conf");

    @Test
    void waggleYaml_read_givesTheDefaults() {
        ConfigReading reading = new ConfigReader(conf, Map.of()).read(conf.resolve("waggle.yaml"), Map.of());
        assertThat(reading).isInstanceOf(ConfigReading.Accepted.class);
        Path data = ProjectRoot.find().resolve("data");
        assertThat(((ConfigReading.Accepted) reading).config()).isEqualTo(Settings.defaults(data));
        assertThat(((ConfigReading.Accepted) reading).warnings()).isEmpty();
    }

    @Test
    void waggleYaml_holdsEveryKey_underItsMeaningAndRange() throws IOException {
        Map<String, Given> given = YamlFile.read(conf.resolve("waggle.yaml"), new ArrayList<>());
        assertThat(given.keySet())
                .containsExactlyElementsOf(
                        Settings.ALL.stream().map(Setting::path).toList());
        String text = Files.readString(conf.resolve("waggle.yaml"));
        for (Setting<?> setting : Settings.ALL) {
            if (setting != Settings.DATA) {
                assertThat(text).containsIgnoringCase("# " + setting.meaning() + ". " + setting.allowed());
            }
        }
    }

    @Test
    void readme_table_isTheSettings() throws IOException {
        assertThat(Files.readAllLines(conf.resolve("README.md"))).containsSubsequence(table());
    }

    private static List<String> table() {
        List<String> table = new ArrayList<>();
        table.add("| key | default | allowed | what |");
        table.add("|---|---|---|---|");
        for (Setting<?> setting : Settings.ALL) {
            table.add("| `%s` | `%s` | %s | %s |"
                    .formatted(setting.path(), setting.fallback(), setting.allowed(), setting.meaning()));
        }
        return table;
    }
}
