package dev.waggle.broker.cli;

import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waggle keys}: the keys of the local issuer in a data directory; the broker may run or not. */
@Command(
        name = "keys",
        description = "List the keys of the local issuer, or make another one sign.",
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final HelpOption help = new HelpOption();

    private KeysCommand() {}

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new All(surroundings))
                .addSubcommand(new Rotate(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? One of the list below.");
    }

    /** What both share. */
    private abstract static class OfDirectory implements Callable<Integer> {
        final Surroundings surroundings;

        @Option(names = "--data", paramLabel = "DIR", description = "Data directory (default: as for waggle start).")
        private @Nullable Path data;

        @Mixin
        private final HelpOption help = new HelpOption();

        OfDirectory(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        Path directory() {
            return surroundings.dataDirectory(data);
        }

        void print(LocalKeys keys) {
            keys.told(surroundings.clock().instant())
                    .forEach(key -> surroundings.out().println(key.id() + " " + key.state()));
        }
    }

    @Command(name = "list", description = "Print the keys, one a line: key id, and what it is for until when.")
    private static final class All extends OfDirectory {
        All(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() throws CommandFailed {
            print(LocalIssuers.keys(directory(), new SecureRandom()));
            return 0;
        }
    }

    @Command(
            name = "rotate",
            description = {
                "Make a key that signs at once, for when the old one may be known to others; a running broker takes it up"
                        + " within a second. Without this, keys change by themselves (localIssuer.keyLife).",
                "Without --drop-old, tokens of the old key stay good until they end."
            })
    private static final class Rotate extends OfDirectory {
        @Option(
                names = "--drop-old",
                description = "Drop the old keys: every token that they signed ends, and the connections with them.")
        private boolean dropOld;

        Rotate(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() throws CommandFailed {
            // Also makes the directory.
            LocalIssuers.keys(directory(), new SecureRandom());
            var rotated =
                    LocalKeys.rotate(directory(), dropOld, surroundings.clock().instant(), new SecureRandom());
            if (!rotated.isOk()) {
                throw new CommandFailed(rotated.fold(keys -> "", reason -> reason));
            }
            print(rotated.get());
            return 0;
        }
    }
}
