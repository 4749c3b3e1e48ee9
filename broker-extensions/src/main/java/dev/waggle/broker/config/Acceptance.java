package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Holds what was given against the settings there are.
 *
 * @param settings all of the section
 * @param prefix of their paths, for problems
 * @param nearest what may have been meant by an unknown path
 */
record Acceptance(List<Setting<?>> settings, String prefix, UnaryOperator<String> nearest) {

    /** The good values; what is wrong becomes a problem each, in the order of {@code given}. */
    Values accept(Map<String, Given> given, List<Problem> problems) {
        Map<String, Setting<?>> byPath = settings.stream().collect(Collectors.toMap(Setting::path, setting -> setting));
        Map<Setting<?>, Parsed<?>> accepted = new HashMap<>();
        given.forEach((path, value) -> {
            Setting<?> setting = byPath.get(path);
            if (setting == null) {
                problems.add(new Problem(prefix + path, "is no key (" + value.origin() + ")", nearest.apply(path)));
                return;
            }
            Parsed<?> read = setting.kind().read().apply(value.words());
            accepted.put(setting, read);
            String shown = value.words().size() == 1
                    ? "'" + value.words().get(0) + "'"
                    : value.words().toString();
            read.fold(
                    good -> true,
                    reason -> problems.add(new Problem(
                            prefix + path, shown + " (" + value.origin() + ") " + reason, setting.allowed())));
        });
        return new Values(accepted);
    }
}
