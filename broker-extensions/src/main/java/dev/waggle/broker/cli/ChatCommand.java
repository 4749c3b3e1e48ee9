package dev.waggle.broker.cli;

import dev.waggle.broker.cli.chat.Line;
import dev.waggle.broker.cli.chat.Link;
import dev.waggle.broker.cli.chat.Transcript;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.cli.mqtt.Arrival;
import dev.waggle.broker.cli.mqtt.ArrivalText;
import dev.waggle.broker.cli.mqtt.Target;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.Parsed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waggle chat}: a line typed is a message sent; what arrives in the conversation is printed between them. */
@Command(
        name = "chat",
        description = {
            "Chat in the terminal: a line typed is a message sent, /help lists commands, Ctrl-D ends it.",
            "✓ stored, with its number; ✓✓ received or read by others."
        },
        sortOptions = false)
final class ChatCommand implements Callable<Integer> {

    /** At the end of input answers that are still to come are waited for so long. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final Surroundings surroundings;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    @Mixin
    private final ConnectOptions options = new ConnectOptions();

    @Option(names = "--to", paramLabel = "CONV", required = true, description = "d/USER or g/GROUP.")
    private String conversation = "";

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "20",
            description = "So many messages from before, 0 to 200 (default: ${DEFAULT-VALUE}).")
    private int history = Line.HISTORY;

    @Option(names = "--unread", description = "Tell nobody that what is shown here was read.")
    private boolean unread;

    @Mixin
    private final HelpOption help = new HelpOption();

    ChatCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, IOException, InterruptedException {
        ConversationName to = ConnectOptions.valid(ConversationName.parse(conversation));
        if (history < 0 || history > Line.MOST_HISTORY) {
            throw new CommandFailed(CommandFailed.USAGE, "--history is 0 to " + Line.MOST_HISTORY);
        }
        Target target = options.target(surroundings);
        Transcript transcript =
                new Transcript(target.user(), to, new ArrivalText(target.user(), ZoneId.systemDefault()));
        try (Link link = Link.open(target, words -> surroundings.err().println("waggle: " + words))) {
            surroundings.err().println("waggle: " + target.user() + " in " + to + "; /help lists the commands");
            Thread arrivals = new Thread(
                    () -> link.run(arrival -> show(transcript, arrival), () -> read(link, to, transcript)), "arrivals");
            arrivals.setDaemon(true);
            arrivals.start();
            if (history > 0) {
                ask(link, Line.history(to, history));
            }
            converse(link, to, transcript);
            link.awaitUntil(() -> answered.get() >= asked.get(), LAST_ANSWERS);
        }
        return 0;
    }

    private void converse(Link link, ConversationName to, Transcript transcript)
            throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
        for (String typed = lines.readLine(); typed != null; typed = lines.readLine()) {
            Parsed<Line> line = Line.parse(typed, to);
            if (line instanceof Parsed.Bad<Line> bad) {
                surroundings.out().println("  ✗ " + bad.reason());
            } else if (line.get() instanceof Line.Quit) {
                return;
            } else if (line.get() instanceof Line.Say message) {
                say(link, to, transcript, message.text());
            } else if (line.get() instanceof Line.Ask call) {
                ask(link, call);
            } else if (line.get() instanceof Line.Help) {
                surroundings.out().println(Line.HELP);
            }
        }
    }

    private void say(Link link, ConversationName to, Transcript transcript, String text) throws InterruptedException {
        try {
            Optional<Long> seq = link.send(to.text(), text.getBytes(StandardCharsets.UTF_8));
            surroundings.out().println(seq.map(transcript::sent).orElse("  ✓ " + to));
        } catch (CommandFailed refused) {
            surroundings.out().println("  ✗ " + refused.getMessage());
        }
    }

    private void ask(Link link, Line.Ask call) throws InterruptedException {
        try {
            link.publish(
                    "call/" + call.method() + "/" + asked.incrementAndGet(),
                    call.json().getBytes(StandardCharsets.UTF_8));
        } catch (CommandFailed refused) {
            answered.incrementAndGet();
            surroundings.out().println("  ✗ " + refused.getMessage());
        }
    }

    /** A line of another conversation is taken and not shown: its place is another terminal. */
    private void show(Transcript transcript, Arrival arrival) {
        transcript.arrived(arrival.topic(), arrival.textOrLength()).forEach(surroundings.out()::println);
        if (arrival.topic().contains("/reply/")) {
            answered.incrementAndGet();
        }
        arrival.acknowledge();
    }

    /** When nothing more comes for the moment: one mark for all that was shown. */
    private void read(Link link, ConversationName to, Transcript transcript) {
        long seq = transcript.readable();
        if (unread || seq <= told.get()) {
            return;
        }
        told.set(seq);
        try {
            link.publish("read/" + to.text(), String.valueOf(seq).getBytes(StandardCharsets.UTF_8));
        } catch (CommandFailed refused) {
            // A member who was removed may not mark; a lost connection is told by whoever takes. The next mark says it
            // all.
            told.set(seq);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
