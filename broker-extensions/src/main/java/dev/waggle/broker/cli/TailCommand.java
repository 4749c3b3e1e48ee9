package dev.waggle.broker.cli;

import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.cli.mqtt.Arrival;
import dev.waggle.broker.cli.mqtt.ArrivalJson;
import dev.waggle.broker.cli.mqtt.ArrivalText;
import dev.waggle.broker.cli.mqtt.MqttSession;
import dev.waggle.broker.cli.mqtt.Target;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waggle tail}: everything that arrives, one line each; a line is on stdout before its message is acknowledged. */
@Command(
        name = "tail",
        description = {
            "Print everything that arrives, one line each, until the connection ends.",
            "With --device also what waited for that device; without it, what is sent from now on."
        },
        sortOptions = false)
final class TailCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Surroundings surroundings;

    @Mixin
    private final ConnectOptions options = new ConnectOptions();

    @Option(names = "--json", description = "JSON, one object a line.")
    private boolean json;

    @Option(names = "--count", paramLabel = "N", description = "End after N lines.")
    private @Nullable Integer count;

    @Mixin
    private final HelpOption help = new HelpOption();

    TailCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        if (count != null && count < 1) {
            throw new CommandFailed(CommandFailed.USAGE, "--count is 1 or more");
        }
        Target target = options.target(surroundings);
        Function<Arrival, String> form = json
                ? new ArrivalJson(target.user())::line
                : new ArrivalText(target.user(), ZoneId.systemDefault())::line;
        try (MqttSession session = MqttSession.open(target)) {
            session.subscribe("#");
            surroundings.err().println("waggle: listening as " + target);
            long printed = 0;
            while (count == null || printed < count) {
                Optional<Arrival> arrival = session.next(LOOK);
                if (arrival.isPresent()) {
                    surroundings.out().println(form.apply(arrival.get()));
                    surroundings.out().flush();
                    arrival.get().acknowledge();
                    printed++;
                }
            }
        }
        return 0;
    }
}
