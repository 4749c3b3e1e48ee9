package dev.waggle.broker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.spec.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code waggle user sessions}: who of a user is connected, from where, since when. */
@Command(name = "sessions", description = "Print the connections of a user, one a line.", sortOptions = false)
final class UserSessionsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final AdminOptions options = new AdminOptions();

    @Mixin
    private final HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    UserSessionsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        UserId id = ConnectOptions.valid(UserId.parse(user));
        String next = "";
        do {
            JsonNode page = options.ask(surroundings, "/admin/v1/sessions?user=" + id + next, null);
            page.path("sessions").forEach(this::print);
            String after = page.path("next").asText();
            next = after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        return 0;
    }

    private void print(JsonNode session) {
        surroundings
                .out()
                .println(session.path("clientId").asText()
                        + " " + session.path("address").asText()
                        + " since " + Instant.ofEpochMilli(session.path("since").asLong())
                        + " until "
                        + Instant.ofEpochMilli(session.path("expires").asLong()));
    }
}
