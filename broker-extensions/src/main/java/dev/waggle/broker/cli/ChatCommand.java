package dev.waggle.broker.cli;

import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.cli.mqtt.Arrival;
import dev.waggle.broker.cli.mqtt.ArrivalText;
import dev.waggle.broker.cli.mqtt.MqttSession;
import dev.waggle.broker.cli.mqtt.Target;
import dev.waggle.spec.ConversationName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waggle chat}: a line typed is a message sent; what arrives in the conversation is printed between them. */
@Command(
        name = "chat",
        description = "Chat in the terminal: a line typed is a message sent. End of input (Ctrl-D) ends it.",
        sortOptions = false)
final class ChatCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Surroundings surroundings;

    @Mixin
    private final ConnectOptions options = new ConnectOptions();

    @Option(names = "--to", paramLabel = "CONV", required = true, description = "d/USER or g/GROUP.")
    private String conversation = "";

    @Mixin
    private final HelpOption help = new HelpOption();

    ChatCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, IOException, InterruptedException {
        ConversationName to = ConnectOptions.valid(ConversationName.parse(conversation));
        Target target = options.target(surroundings);
        try (MqttSession session = MqttSession.open(target)) {
            session.subscribe("#");
            surroundings.err().println("waggle: " + target.user() + " in " + to + "; a line is a message");
            Thread arrivals = new Thread(() -> print(session, target, to), "arrivals");
            arrivals.setDaemon(true);
            arrivals.start();
            BufferedReader lines = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    say(session, to, line);
                }
            }
        }
        return 0;
    }

    private void say(MqttSession session, ConversationName to, String line) throws InterruptedException {
        try {
            Optional<Long> seq = session.send(to.text(), line.getBytes(StandardCharsets.UTF_8));
            surroundings
                    .out()
                    .println("  ✓ " + to + seq.map(number -> " #" + number).orElse(""));
        } catch (CommandFailed refused) {
            surroundings.out().println("  ✗ " + refused.getMessage());
        }
    }

    private void print(MqttSession session, Target target, ConversationName to) {
        ArrivalText text = new ArrivalText(target.user(), ZoneId.systemDefault());
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Optional<Arrival> arrival = session.next(LOOK);
                if (arrival.isPresent()) {
                    show(text, arrival.get(), to);
                }
            }
        } catch (CommandFailed ended) {
            surroundings.err().println("waggle: " + ended.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line of another conversation is taken and not shown: its place is another terminal. */
    private void show(ArrivalText text, Arrival arrival, ConversationName to) {
        if (text.conversation(arrival).filter(to::equals).isPresent()) {
            surroundings.out().println(text.line(arrival));
        }
        arrival.acknowledge();
    }
}
