package dev.waggle.broker.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waggle user kick}: ends the connections of a user. */
@Command(
        name = "kick",
        description = "End the connections of a user. It may come back; what waits for it still waits.",
        sortOptions = false)
final class UserKickCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final AdminOptions options = new AdminOptions();

    @Mixin
    private final HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    @Option(names = "--device", paramLabel = "D", description = "Only the connection of this device.")
    private @Nullable String device;

    UserKickCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        UserId id = ConnectOptions.valid(UserId.parse(user));
        DeviceId only = device == null ? null : ConnectOptions.valid(DeviceId.parse(device));
        ObjectNode body = new ObjectMapper().createObjectNode().put("user", id.value());
        if (only != null) {
            body.put("device", only.value());
        }
        int ended = options.ask(surroundings, "/admin/v1/sessions/kick", body)
                .path("ended")
                .asInt();
        surroundings.out().println("ended " + ended + (ended == 1 ? " connection" : " connections") + " of " + id);
        return 0;
    }
}
