package dev.waggle.broker.cli;

import dev.waggle.broker.Endpoints.Endpoint;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.conformance.Accounts;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Outcome;
import dev.waggle.broker.conformance.Outcome.Verdict;
import dev.waggle.broker.conformance.Report;
import dev.waggle.broker.conformance.Run;
import dev.waggle.broker.conformance.device.Address;
import dev.waggle.broker.conformance.sentence.Sentences;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waggle conformance}: tries the contract on any broker, sentence by sentence. */
@Command(
        name = "conformance",
        description = {
            "Try the contract on a broker from outside, sentence by sentence, and print a table.",
            "It makes users, conversations and groups with random names there; nothing of others is touched."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no sentence failed", "1:one did, or nobody is there", "2:wrong usage"},
        sortOptions = false)
final class ConformanceCommand implements Callable<Integer> {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_WAIT = 600;

    private final Surroundings surroundings;

    @Mixin
    private final BrokerOptions broker = new BrokerOptions();

    @Mixin
    private final ConformanceOptions source = new ConformanceOptions();

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Only checks whose name begins so, such as send or group-remove. May be given several times.")
    private List<String> only = List.of();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long an answer or a delivery may take (default: ${DEFAULT-VALUE}).")
    private int wait = 5;

    @Mixin
    private final HelpOption help = new HelpOption();

    ConformanceCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        if (wait < 1 || wait > MOST_WAIT) {
            throw new CommandFailed(CommandFailed.USAGE, "--wait is 1 to " + MOST_WAIT + " seconds");
        }
        List<Check> checks = checks();
        Accounts accounts = source.accounts(surroundings, broker.directory(surroundings));
        Endpoint mqtt = broker.mqtt(surroundings);
        somebodyIsThere(mqtt);
        Address address = new Address(mqtt.host(), mqtt.port(), Duration.ofSeconds(wait));
        surroundings.out().println(Report.head());
        List<Outcome> outcomes = new Run(address, accounts)
                .all(checks, outcome -> surroundings.out().println(Report.line(outcome)));
        surroundings.out().println(Report.sum(outcomes));
        return Report.count(outcomes, Verdict.FAIL) == 0 ? 0 : CommandFailed.FAILED;
    }

    private List<Check> checks() throws CommandFailed {
        List<Check> wanted = Sentences.all().stream()
                .filter(check -> only.isEmpty() || only.stream().anyMatch(check.name()::startsWith))
                .toList();
        if (wanted.isEmpty()) {
            throw new CommandFailed(CommandFailed.USAGE, "no check has a name that begins with " + only);
        }
        return wanted;
    }

    /** Otherwise every sentence would fail, one time-out after the other. */
    private static void somebodyIsThere(Endpoint mqtt) throws CommandFailed {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(mqtt.host(), mqtt.port()), CONNECT_MILLIS);
        } catch (IOException unreachable) {
            throw new CommandFailed(
                    CommandFailed.FAILED,
                    "no connection to " + mqtt.host() + ":" + mqtt.port() + ": " + unreachable.getMessage(),
                    unreachable);
        }
    }
}
