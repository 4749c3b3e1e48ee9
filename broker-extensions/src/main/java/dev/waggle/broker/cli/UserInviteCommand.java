package dev.waggle.broker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.config.Spans;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waggle user invite}: makes, lists and revokes invitations to register. */
@Command(
        name = "invite",
        description = "Make an invitation to register and print its code, this once; or list or revoke invitations.",
        sortOptions = false)
final class UserInviteCommand implements Callable<Integer> {
    private static final String INVITES = "/admin/v1/invites";
    private static final int PAGE = 1_000;

    private final Surroundings surroundings;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Mixin
    private final HelpOption help = new HelpOption();

    @Option(names = "--uses", paramLabel = "N", description = "Accounts that it is good for, 1 to 1000 (default: 1).")
    private @Nullable Integer uses;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "How long it is good: a number and s, m, h or d, 1m to 90d (default: 7d).")
    private @Nullable String ttl;

    @Option(names = "--list", description = "Print the invitations, one a line: id, uses left, end.")
    private boolean list;

    @Option(names = "--revoke", paramLabel = "ID", description = "It admits nobody any more; who came with it stays.")
    private @Nullable String revoke;

    UserInviteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        boolean make = uses != null || ttl != null;
        if ((list ? 1 : 0) + (revoke != null ? 1 : 0) + (make ? 1 : 0) > 1) {
            throw new CommandFailed(CommandFailed.USAGE, "either --list, or --revoke, or --uses and --ttl");
        }
        if (list) {
            list();
        } else if (revoke != null) {
            admin.ask(surroundings, INVITES + "/revoke", json().put("id", revoke));
            surroundings.out().println(revoke + " revoked");
        } else {
            make();
        }
        return 0;
    }

    private static ObjectNode json() {
        return new ObjectMapper().createObjectNode();
    }

    private void make() throws CommandFailed, InterruptedException {
        ObjectNode body = json();
        if (uses != null) {
            body.put("uses", uses);
        }
        if (ttl != null) {
            body.put("ttl", ConnectOptions.valid(Spans.read(ttl)).toSeconds());
        }
        JsonNode made = admin.ask(surroundings, INVITES, body);
        surroundings.out().println(made.path("code").asText());
        print(made);
    }

    private void list() throws CommandFailed, InterruptedException {
        String after = "";
        do {
            JsonNode page = admin.ask(surroundings, INVITES + "?limit=" + PAGE + after, null);
            page.path("invites").forEach(this::print);
            after = page.hasNonNull("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
    }

    private void print(JsonNode invite) {
        surroundings
                .out()
                .println(invite.path("id").asText() + " uses "
                        + invite.path("uses").asInt() + " until "
                        + Instant.ofEpochMilli(invite.path("expires").asLong()));
    }
}
