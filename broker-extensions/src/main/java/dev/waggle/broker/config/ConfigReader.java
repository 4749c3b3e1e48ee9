package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
        given.putAll(variables(warnings));
        flags.forEach((path, value) -> given.put(path, new Given(List.of(value), "command line", workingDirectory)));

        Values values = accept(given, problems);
        WaggleConfig config = Settings.tree(dataDirectory(given, values), values);
        ConfigRules.check(config, problems);
        warnings.addAll(ConfigRules.weaknesses(config));
        return problems.isEmpty()
                ? new ConfigReading.Accepted(config, List.copyOf(warnings))
                : new ConfigReading.Refused(List.copyOf(problems));
    }

    /** Only the data directory, for commands that need nothing else and must work beside a broken file. */
    public Path dataDirectory(@Nullable Path file) {
        Map<String, Given> given = new LinkedHashMap<>();
        if (file != null) {
            given.putAll(YamlFile.read(file, new ArrayList<>()));
        }
        given.putAll(variables(new ArrayList<>()));
        Values values = accept(given, new ArrayList<>());
        return dataDirectory(given, values).toAbsolutePath().normalize();
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
        Map<String, Setting<?>> byPath =
                Settings.ALL.stream().collect(Collectors.toMap(Setting::path, setting -> setting));
        Map<Setting<?>, Parsed<?>> accepted = new HashMap<>();
        given.forEach((path, value) -> {
            Setting<?> setting = byPath.get(path);
            if (setting == null) {
                problems.add(new Problem(path, "is no key (" + value.origin() + ")", NearestKeys.to(path)));
                return;
            }
            Parsed<?> read = setting.kind().read().apply(value.words());
            accepted.put(setting, read);
            String shown = value.words().size() == 1
                    ? "'" + value.words().get(0) + "'"
                    : value.words().toString();
            read.fold(
                    good -> true,
                    reason -> problems.add(
                            new Problem(path, shown + " (" + value.origin() + ") " + reason, setting.allowed())));
        });
        return new Values(accepted);
    }

    private Path dataDirectory(Map<String, Given> given, Values values) {
        Given data = given.get(Settings.DATA.path());
        Path base = data == null ? workingDirectory : data.base();
        return base.resolve(values.of(Settings.DATA));
    }
}
