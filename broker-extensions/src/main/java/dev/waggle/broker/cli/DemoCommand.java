package dev.waggle.broker.cli;

import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.cli.demo.Demonstration;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code waggle demo}. */
@Command(
        name = "demo",
        description = {
            "Show it: a broker on free ports in a temporary directory, three users and a group, one device asleep,",
            "kill -9 in the middle, and the conversation as each device saw it. Succeeds if all is as it must be."
        })
final class DemoCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final HelpOption help = new HelpOption();

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed, IOException, InterruptedException {
        Path folder = Files.createTempDirectory("waggle-demo-");
        SecureRandom random = new SecureRandom();
        LocalKeys keys = LocalIssuers.keys(folder.resolve("data"), random);
        LocalIssuer issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, surroundings.clock(), random);
        Demonstration demonstration = new Demonstration(
                surroundings.selfCommand(),
                folder,
                surroundings.out(),
                (user, device) -> new Secret(issuer.token(
                        ConnectOptions.valid(TokenRequest.parse(user.value(), device.value(), "user", "1h")))));
        boolean good = demonstration.run();
        if (good) {
            delete(folder);
        } else {
            surroundings.err().println("waggle: data and log are left in " + folder);
        }
        return good ? 0 : CommandFailed.FAILED;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
