package dev.waggle.broker.cli;

import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicList;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.spec.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waggle token}: tokens signed by the local issuer; the broker may run or not. */
@Command(
        name = "token",
        description = {
            "Print a token signed by the local issuer. Its key is made if there is none.",
            "With --count: N lines 'user device token' for load tests."
        },
        sortOptions = false)
final class TokenCommand implements Callable<Integer> {

    private static final int MOST = 1_000_000;
    private static final int BATCH = 10_000;

    /** The device of all users that --count makes. */
    private static final String COUNTED_DEVICE = "d";

    private final Surroundings surroundings;

    @Parameters(arity = "0..1", paramLabel = "USER", description = "Whom the token is for; not with --count.")
    private @Nullable String user;

    @Option(names = "--device", paramLabel = "D", description = "The only device that may use it (default: any).")
    private @Nullable String device;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "user, service, moderator, admin, or one of the configuration (default: user).")
    private @Nullable String role;

    @Option(
            names = "--agent",
            paramLabel = "BOT",
            description = "The service account that acts for USER; the role is then service, unless one is named.")
    private @Nullable String agent;

    @Option(
            names = "--topics",
            paramLabel = "GRANT",
            description = {
                "Ordinary topics only as this says, and only what the rules of the broker open;",
                "such as 'publish a/b/# qos<=1 noretain'. May be given several times."
            })
    private List<String> topics = List.of();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "15m",
            description = "A number and s, m, h or d, 1s to 30d (default: ${DEFAULT-VALUE}).")
    private String ttl = "15m";

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (default: as for waggle start).")
    private @Nullable Path data;

    @Option(names = "--count", paramLabel = "N", description = "Tokens for PREFIX0 to PREFIX(N-1), device d.")
    private @Nullable Integer count;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Begin of the user ids (default: u).")
    private @Nullable String prefix;

    @Mixin
    private final HelpOption help = new HelpOption();

    TokenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed {
        if ((user == null) == (count == null)) {
            throw new CommandFailed(CommandFailed.USAGE, "either USER or --count N, and not both");
        }
        if (prefix != null && count == null || device != null && count != null) {
            throw new CommandFailed(
                    CommandFailed.USAGE,
                    "--prefix goes with --count; --device does not: the device is then " + COUNTED_DEVICE);
        }
        if ((!topics.isEmpty() || agent != null) && count != null) {
            throw new CommandFailed(CommandFailed.USAGE, "--topics and --agent do not go with --count");
        }
        if (count != null) {
            many(count);
        } else if (user != null) {
            TokenRequest request =
                    ConnectOptions.valid(TokenRequest.parse(user, device, role(), ttl, surroundings.roles()));
            if (agent != null) {
                TokenRequest direct = request;
                request = ConnectOptions.valid(UserId.parse(agent).then(direct::actedBy));
            }
            if (!topics.isEmpty()) {
                request = request.withTopics(ConnectOptions.valid(TopicList.parse(topics)));
            }
            surroundings.out().println(issuer().token(request));
        }
        return 0;
    }

    private void many(int wanted) throws CommandFailed {
        if (wanted < 1 || wanted > MOST) {
            throw new CommandFailed(CommandFailed.USAGE, "--count is 1 to " + MOST);
        }
        Roles roles = surroundings.roles();
        String begin = prefix == null ? "u" : prefix;
        // The longest id, so that a bad prefix is told before the first line.
        ConnectOptions.valid(TokenRequest.parse(begin + (wanted - 1), COUNTED_DEVICE, role(), ttl, roles));
        LocalIssuer issuer = issuer();
        for (int from = 0; from < wanted; from += BATCH) {
            List<TokenRequest> requests = new ArrayList<>();
            for (int i = from; i < Math.min(wanted, from + BATCH); i++) {
                requests.add(ConnectOptions.valid(TokenRequest.parse(begin + i, COUNTED_DEVICE, role(), ttl, roles)));
            }
            List<String> tokens = issuer.tokens(requests);
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < tokens.size(); i++) {
                lines.append(begin)
                        .append(from + i)
                        .append(' ')
                        .append(COUNTED_DEVICE)
                        .append(' ')
                        .append(tokens.get(i))
                        .append('\n');
            }
            surroundings.out().print(lines);
        }
        surroundings.out().flush();
    }

    private String role() {
        return role != null ? role : agent == null ? "user" : "service";
    }

    private LocalIssuer issuer() throws CommandFailed {
        SecureRandom random = new SecureRandom();
        return new LocalIssuer(
                LocalIssuers.keys(surroundings.dataDirectory(data), random),
                LocalIssuer.DEFAULT_NAME,
                surroundings.clock(),
                random);
    }
}
