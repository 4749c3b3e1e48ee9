package dev.waggle.broker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.cli.mqtt.Arrival;
import dev.waggle.broker.cli.mqtt.MqttSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code waggle call}: one request; prints the answer, and fails if it is an error. */
@Command(
        name = "call",
        description = "Make one request and print the answer, one line of JSON.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:answered", "1:answered with an error, or not at all"},
        sortOptions = false)
final class CallCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Surroundings surroundings;

    @Mixin
    private final ConnectOptions options = new ConnectOptions();

    @Mixin
    private final HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "METHOD", description = "Such as me, inbox, history, group.create.")
    private String method = "";

    @Parameters(index = "1", paramLabel = "JSON", arity = "0..1", description = "The arguments (default: {}).")
    private String json = "{}";

    CallCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        if (!method.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new CommandFailed(CommandFailed.USAGE, "a method's name has 1 to 64 of A–Z a–z 0–9 . _ -");
        }
        ObjectMapper mapper = new ObjectMapper();
        try {
            mapper.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new CommandFailed(
                    CommandFailed.USAGE, "the arguments are no JSON: " + malformed.getOriginalMessage(), malformed);
        }
        try (MqttSession session = MqttSession.open(options.target(surroundings))) {
            Arrival answer = session.call(method, json.getBytes(StandardCharsets.UTF_8), LIMIT);
            answer.acknowledge();
            session.unsubscribe("reply/#");
            String text = answer.text().orElse("");
            surroundings.out().println(text);
            return isError(mapper, text) ? CommandFailed.FAILED : 0;
        }
    }

    private static boolean isError(ObjectMapper mapper, String text) {
        try {
            JsonNode answer = mapper.readTree(text);
            return answer.path("error").isObject();
        } catch (JsonProcessingException noJson) {
            return true;
        }
    }
}
