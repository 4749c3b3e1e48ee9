package dev.waggle.broker.config;

import dev.waggle.push.registration.Registration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of one entry of {@code push.apps}, and the list of them; paths are within the entry. */
final class PushApps {
    /** Each has connections and threads of its own. */
    static final int MOST = 16;

    static final Setting<String> APP = new Setting<>(
            "app",
            "",
            "",
            Kind.matching("1 to 64 of A-Z a-z 0-9 . _ -", "[A-Za-z0-9._-]{1,64}"),
            "what its devices name it in push.register");

    private static final ProviderKeys PROVIDERS = new ProviderKeys("");

    static final List<Setting<?>> ALL = all();

    private PushApps() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(List.of(APP));
        all.addAll(PROVIDERS.all());
        return List.copyOf(all);
    }

    /** The entries without a problem; the others become problems. */
    static List<PushConfig.App> read(Map<String, Given> given, List<Problem> problems) {
        List<PushConfig.App> sound = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of(Registration.USUAL_APP));
        Map<String, Map<String, Given>> entries = Entries.PUSH_APPS.of(given);
        if (entries.size() > MOST) {
            problems.add(new Problem(
                    Entries.PUSH_APPS.path(),
                    "has " + entries.size() + " entries",
                    "at most " + MOST + ", besides the app " + Registration.USUAL_APP));
            return sound;
        }
        entries.forEach((place, keys) -> {
            int before = problems.size();
            Values values = new Acceptance(ALL, place, PushApps::nearest).accept(keys, problems);
            if (!keys.containsKey(APP.path())) {
                problems.add(new Problem(place + APP.path(), "is missing", APP.allowed()));
            }
            if (problems.size() > before) {
                return;
            }
            String app = values.of(APP);
            if (!names.add(app)) {
                problems.add(new Problem(
                        place + APP.path(),
                        "'" + app + "' is there twice",
                        "each app once; " + Registration.USUAL_APP + " is the one directly under push"));
            }
            PROVIDERS.check(place, values, problems);
            PushConfig.App read =
                    PROVIDERS.read(app, place, values, (setting, path) -> file(keys.get(setting.path()), path));
            if (problems.size() == before && read.isEmpty()) {
                problems.add(new Problem(
                        place + APP.path(),
                        "'" + app + "' has no way to its devices",
                        "with at least one of " + PROVIDERS.choices()));
            }
            if (problems.size() == before) {
                sound.add(read);
            }
        });
        return List.copyOf(sound);
    }

    private static Path file(@Nullable Given given, String path) {
        return given == null ? Path.of(path) : given.base().resolve(path);
    }

    private static String nearest(String unknown) {
        return ALL.stream().map(Setting::path).collect(Collectors.joining(", "));
    }
}
