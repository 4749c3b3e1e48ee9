package dev.waggle.broker.cli;

import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.cli.mqtt.MqttSession;
import dev.waggle.spec.ConversationName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code waggle send}: one message; done when it is acknowledged, which means it is on disk. */
@Command(name = "send", description = "Send one message and print its number in the conversation.", sortOptions = false)
final class SendCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ConnectOptions options = new ConnectOptions();

    @Mixin
    private final HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "CONV", description = "d/USER or g/GROUP.")
    private String conversation = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The body; - reads it from stdin.")
    private String text = "";

    SendCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, IOException, InterruptedException {
        ConversationName to = ConnectOptions.valid(ConversationName.parse(conversation));
        byte[] body = text.equals("-") ? surroundings.in().readAllBytes() : text.getBytes(StandardCharsets.UTF_8);
        try (MqttSession session = MqttSession.open(options.target(surroundings))) {
            surroundings
                    .out()
                    .println(to
                            + session.send(to.text(), body)
                                    .map(seq -> " seq=" + seq)
                                    .orElse(""));
        }
        return 0;
    }
}
