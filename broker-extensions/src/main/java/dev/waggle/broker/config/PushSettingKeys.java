package dev.waggle.broker.config;

import dev.waggle.push.registration.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The keys of how sleeping devices are woken. */
final class PushSettingKeys {
    private static final String PLACE = "push.";

    /** Those of the app that devices mean which name none. */
    private static final ProviderKeys USUAL = new ProviderKeys(PLACE);

    static final Setting<Duration> UNACKNOWLEDGED = span(
            "push.unacknowledgedAfter",
            "5s",
            "a connected device that has not acknowledged for so long is taken for asleep");
    static final Setting<Duration> GRACE =
            span("push.grace", "3s", "a device that has gone may come back within it without being woken");
    static final Setting<Duration> WINDOW =
            span("push.window", "10s", "at most one push of a conversation to a device in it, after the first");
    static final Setting<Duration> TTL =
            new Setting<>("push.ttl", "", "24h", Kind.span("1m", "28d"), "a message this old wakes nobody");
    static final Setting<List<String>> APPS = Entries.setting(
            Entries.PUSH_APPS,
            "more apps with credentials of their own; what stands above is the app " + Registration.USUAL_APP
                    + ", that of devices which name none");

    static final List<Setting<?>> ALL = all();

    private PushSettingKeys() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(USUAL.all());
        all.addAll(List.of(UNACKNOWLEDGED, GRACE, WINDOW, TTL, APPS));
        return List.copyOf(all);
    }

    /**
     * The usual ones: nobody is woken.
     *
     * @param more apps besides the usual one
     */
    static PushConfig read(Values values, List<PushConfig.App> more, BiFunction<Setting<?>, String, Path> place) {
        List<PushConfig.App> apps = new ArrayList<>();
        apps.add(USUAL.read(Registration.USUAL_APP, PLACE, values, place));
        apps.addAll(more);
        return new PushConfig(
                apps,
                new PushConfig.Pace(values.of(UNACKNOWLEDGED), values.of(GRACE), values.of(WINDOW), values.of(TTL)));
    }

    /** What no key shows by itself. */
    static void check(Values values, List<Problem> problems) {
        USUAL.check("", values, problems);
    }

    private static Setting<Duration> span(String key, String usual, String meaning) {
        return new Setting<>(key, "", usual, Kind.span("0s", "10m"), meaning);
    }
}
