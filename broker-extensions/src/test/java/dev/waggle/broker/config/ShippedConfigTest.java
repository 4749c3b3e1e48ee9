package dev.waggle.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.architecture.ProjectRoot;
import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.IdTokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    void waggleYaml_entryOfIssuers_holdsEveryKeyAndItsDefault() throws IOException {
        YamlText text = shown("issuers", IssuerSettings.ALL);
        List<Problem> problems = new ArrayList<>();
        ExternalIssuer shown = IssuerList.read(text.leaves(), problems).sound().get(0);
        text.leaves().keySet().removeIf(path -> !path.matches(".*\\.(issuer|audience)"));
        assertThat(shown)
                .isEqualTo(IssuerList.read(text.leaves(), problems).sound().get(0));
        assertThat(problems).isEmpty();
    }

    /** The entry that is shown as a comment, which holds every key under its meaning. */
    private YamlText shown(String list, List<Setting<?>> settings) throws IOException {
        String entry = entry(list);
        for (Setting<?> setting : settings) {
            assertThat(entry).containsIgnoringCase("# " + setting.meaning() + ". " + setting.allowed());
        }
        YamlText text = new YamlText("entry", conf, new ArrayList<>());
        text.read(entry);
        assertThat(text.leaves().keySet())
                .containsExactlyElementsOf(settings.stream()
                        .map(setting -> list + "[0]." + setting.path())
                        .toList());
        return text;
    }

    private String entry(String list) throws IOException {
        return Files.readAllLines(conf.resolve("waggle.yaml")).stream()
                .dropWhile(line -> !line.strip().equals(list.substring(list.indexOf('.') + 1) + ": []"))
                .skip(1)
                .takeWhile(line -> line.startsWith("#  "))
                .map(line -> line.substring(1))
                .collect(Collectors.joining("\n", list + ":\n", "\n"));
    }

    @Test
    void waggleYaml_entryOfExchange_holdsEveryKeyAndItsDefault() throws IOException {
        YamlText text = shown("exchange", ExchangeSettings.ALL);
        List<Problem> problems = new ArrayList<>();
        IdTokenIssuer shown = ExchangeSettings.read(text.leaves(), problems).get(0);
        text.leaves().keySet().removeIf(path -> !path.matches(".*\\.(issuer|clientIds)"));
        assertThat(ExchangeSettings.read(text.leaves(), problems)).containsExactly(shown);
        assertThat(problems).isEmpty();
        assertTable("exchange", ExchangeSettings.ALL);
    }

    @Test
    void waggleYaml_entryOfPushApps_holdsEveryKeyAndItsDefault() throws IOException {
        YamlText text = shown("push.apps", PushApps.ALL);
        List<Problem> problems = new ArrayList<>();
        // As it is shown, every key has its default: of such an entry nothing is missing but a way to devices.
        text.leaves()
                .put("push.apps[0].webpush.contact", new Given(List.of("mailto:a@b.example"), "test", Path.of("")));
        PushConfig.App shown = PushApps.read(text.leaves(), problems).get(0);
        text.leaves().keySet().removeIf(path -> !path.matches(".*\\.(app|contact)"));
        assertThat(PushApps.read(text.leaves(), problems)).containsExactly(shown);
        assertThat(problems).isEmpty();
        assertTable("push.apps", PushApps.ALL);
    }

    @Test
    void readme_tableOfIssuers_isTheSettings() throws IOException {
        assertTable("issuers", IssuerSettings.ALL);
    }

    private void assertTable(String list, List<Setting<?>> settings) throws IOException {
        List<String> table = new ArrayList<>();
        for (Setting<?> setting : settings) {
            table.add("| `%s[].%s` | %s | %s | %s |"
                    .formatted(
                            list,
                            setting.path(),
                            setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
                            setting.allowed(),
                            setting.meaning()));
        }
        assertThat(Files.readAllLines(conf.resolve("README.md"))).containsSubsequence(table);
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
