package dev.waggle.broker.cli;

import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.Endpoints.Endpoint;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.cli.mqtt.Target;
import dev.waggle.broker.config.Secret;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that talks to a broker. */
final class ConnectOptions {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_CHARACTERS = 6;

    /** As long as a connection of a command may last: the broker ends it when its token expires. */
    private static final String LIFETIME = "24h";

    @Option(names = "--as", paramLabel = "USER", required = true, description = "The user to be.")
    private String user = "";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The user's token (default: one of the local issuer in --data).")
    private @Nullable String token;

    @Option(
            names = "--device",
            paramLabel = "D",
            description = {
                "The device to be; its session is continued and kept.",
                "Default: cli- and six random characters, which leaves nothing behind."
            })
    private @Nullable String device;

    @Mixin
    private final BrokerOptions broker = new BrokerOptions();

    Target target(Surroundings surroundings) throws CommandFailed {
        UserId me = valid(UserId.parse(user));
        Path directory = broker.directory(surroundings);
        DeviceId mine = device == null ? randomDevice() : valid(DeviceId.parse(device));
        Secret secret = token == null ? localToken(surroundings, directory, me, mine) : new Secret(token);
        Endpoint mqtt = broker.mqtt(surroundings);
        return new Target(mqtt.host(), mqtt.port(), me, mine, device != null, secret);
    }

    private static Secret localToken(Surroundings surroundings, Path directory, UserId me, DeviceId mine)
            throws CommandFailed {
        SecureRandom random = new SecureRandom();
        LocalKeys keys = LocalIssuers.keys(directory, random);
        TokenRequest request = valid(TokenRequest.parse(me.value(), mine.value(), "user", LIFETIME));
        return new Secret(new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, surroundings.clock(), random).token(request));
    }

    private static DeviceId randomDevice() {
        SecureRandom random = new SecureRandom();
        StringBuilder name = new StringBuilder("cli-");
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new DeviceId(name.toString());
    }

    static <T> T valid(Parsed<T> parsed) throws CommandFailed {
        if (!parsed.isOk()) {
            throw new CommandFailed(CommandFailed.USAGE, parsed.fold(good -> "", reason -> reason));
        }
        return parsed.get();
    }
}
