package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.util.List;
import java.util.Map;

/**
 * The accepted values by setting; a setting that is not there has its default. Immutable.
 *
 * @param given what was read by {@link Kind#read} of the same setting
 */
record Values(Map<Setting<?>, Parsed<?>> given) {

    @SuppressWarnings("unchecked") // put there by the setting's own kind
    <T> T of(Setting<T> setting) {
        Parsed<T> read = (Parsed<T>) given.get(setting);
        return read != null && read.isOk() ? read.get() : fallback(setting);
    }

    private static <T> T fallback(Setting<T> setting) {
        List<String> words = setting.fallback().equals("[]") ? List.of() : List.of(setting.fallback());
        return setting.kind().read().apply(words).get();
    }
}
