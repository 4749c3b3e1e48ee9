package dev.waggle.broker.config;

import dev.waggle.auth.Roles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the configuration together: defaults, then the file, then the environment, then the flags. Collects every problem
 * instead of stopping at the first.
 */
public final class ConfigReader {

    private static final String PREFIX = "WAGGLE_";

    /** Variables of the launcher, which are no settings. */
    private static final Set<String> LAUNCHER = Set.of("WAGGLE_JAVA_OPTS");

    private final Path workingDirectory;
    private final Map<String, String> environment;

    /**
     * @param workingDirectory what relative paths of the environment and of flags are relative to
     * @param environment all variables; only {@code WAGGLE_…} are looked at
     */
    public ConfigReader(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
    }

    /**
     * @param file the YAML file, or null for none
     * @param flags by the path of the setting, such as {@code listeners.mqtt.port}
     */
    public ConfigReading read(@Nullable Path file, Map<String, String> flags) {
        List<Problem> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Map<String, Given> given = new LinkedHashMap<>();
        if (file != null) {
            given.putAll(YamlFile.read(file, problems));
        }
        override(given, problems, warnings);
        flags.forEach((path, value) -> given.put(path, new Given(List.of(value), "command line", workingDirectory)));

        Values values = accept(given, problems);
        IssuerList issuers = IssuerList.read(given, problems);
        issuers.check(
                values.of(Settings.LOCAL_ISSUER),
                values.of(Settings.LOCAL_SUBJECTS) == IssuerSettings.Subjects.RAW,
                problems);
        WaggleConfig config = Settings.tree(
                dataDirectory(given, values),
                values,
                issuers.sound(),
                ExchangeSettings.read(given, problems),
                AccountSettings.read(
                        values,
                        (setting, path) -> place(given, setting, path),
                        flags.containsKey(AccountSettings.REGISTRATION.path())),
                ModerationSettings.read(values, (setting, path) -> place(given, setting, path), problems),
                PushSettingKeys.read(
                        values, PushApps.read(given, problems), (setting, path) -> place(given, setting, path)),
                TlsSettings.read(values, (setting, path) -> place(given, setting, path), values.of(Settings.BIND)));
        PushSettingKeys.check(values, problems);
        ConfigRules.check(config, problems);
        warnings.addAll(ConfigRules.weaknesses(config));
        return problems.isEmpty()
                ? new ConfigReading.Accepted(config, List.copyOf(warnings))
                : new ConfigReading.Refused(List.copyOf(problems));
    }

    /** Only the roles that tokens may name, as far as they are well said; see {@link #dataDirectory(Path)}. */
    public Roles roles(@Nullable Path file) {
        return accept(given(file), new ArrayList<>()).of(Settings.ROLES);
    }

    /** Only the data directory, for commands that need nothing else and must work beside a broken file. */
    public Path dataDirectory(@Nullable Path file) {
        Map<String, Given> given = given(file);
        return dataDirectory(given, accept(given, new ArrayList<>()))
                .toAbsolutePath()
                .normalize();
    }

    private Map<String, Given> given(@Nullable Path file) {
        Map<String, Given> given = new LinkedHashMap<>();
        if (file != null) {
            given.putAll(YamlFile.read(file, new ArrayList<>()));
        }
        override(given, new ArrayList<>(), new ArrayList<>());
        return given;
    }

    private void override(Map<String, Given> given, List<Problem> problems, List<String> warnings) {
        given.putAll(variables(warnings));
        overrideEntries(Entries.ISSUERS, Settings.ISSUERS, given, problems);
        overrideEntries(Entries.EXCHANGE, Settings.EXCHANGE, given, problems);
        overrideEntries(Entries.PUSH_APPS, PushSettingKeys.APPS, given, problems);
    }

    private void overrideEntries(Entries list, Setting<?> setting, Map<String, Given> given, List<Problem> problems) {
        String yaml = environment.get(setting.variable());
        if (yaml != null) {
            given.keySet().removeIf(path -> list.holds(path) || path.equals(list.path()));
            YamlText text = new YamlText(setting.variable(), workingDirectory, problems);
            text.read(list.path() + ": " + yaml);
            given.putAll(text.leaves());
        }
    }

    private Map<String, Given> variables(List<String> warnings) {
        Map<String, Setting<?>> byVariable =
                Settings.ALL.stream().collect(Collectors.toMap(Setting::variable, setting -> setting));
        Map<String, Given> given = new LinkedHashMap<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            Setting<?> setting = byVariable.get(name);
            if (setting != null) {
                given.put(
                        setting.path(), new Given(List.of(environment.getOrDefault(name, "")), name, workingDirectory));
            } else if (name.startsWith(PREFIX) && !LAUNCHER.contains(name)) {
                // Not an error: container platforms put WAGGLE_PORT_… there for a service of this name.
                warnings.add("the environment variable " + name + " is no setting and is ignored");
            }
        }
        return given;
    }

    private static Values accept(Map<String, Given> given, List<Problem> problems) {
        Map<String, Given> plain = new LinkedHashMap<>(given);
        plain.keySet().removeIf(path -> Entries.ALL.stream().anyMatch(list -> list.holds(path)));
        return new Acceptance(Settings.ALL, "", NearestKeys::to).accept(plain, problems);
    }

    private Path dataDirectory(Map<String, Given> given, Values values) {
        return place(given, Settings.DATA, values.of(Settings.DATA));
    }

    private Path place(Map<String, Given> given, Setting<?> setting, String path) {
        Given source = given.get(setting.path());
        return (source == null ? workingDirectory : source.base()).resolve(path);
    }
}
