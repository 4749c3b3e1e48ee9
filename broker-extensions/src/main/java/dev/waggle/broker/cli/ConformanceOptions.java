package dev.waggle.broker.cli;

import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.conformance.Accounts;
import dev.waggle.broker.conformance.ListedAccounts;
import dev.waggle.broker.conformance.MadeAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a conformance run has its users from. */
final class ConformanceOptions {

    private static final String LIFETIME = "1h"; // longer than any run
    private static final long COMMAND_SECONDS = 10;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = {
                "Users for the run: lines 'user device token', device * for any.",
                "Each user is used once; what has too few is skipped. About 200 users with 2 devices serve all."
            })
    private @Nullable Path tokens;

    @Option(
            names = "--token-command",
            paramLabel = "COMMAND",
            description = {
                "A shell command that is run as COMMAND USER DEVICE and prints a token.",
                "Without both: tokens of the local issuer in --data."
            })
    private @Nullable String command;

    Accounts accounts(Surroundings surroundings, Path data) throws CommandFailed {
        SecureRandom random = new SecureRandom();
        if (tokens != null && command != null) {
            throw new CommandFailed(CommandFailed.USAGE, "either --tokens or --token-command, not both");
        }
        if (tokens != null) {
            return ConnectOptions.valid(
                    ListedAccounts.parse(lines(surroundings.workingDirectory().resolve(tokens))));
        }
        if (command != null) {
            String asked = command;
            return new MadeAccounts(random, (user, device) -> printed(asked, user, device), null);
        }
        LocalKeys keys = LocalIssuers.keys(data, random);
        LocalIssuer issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, surroundings.clock(), random);
        return new MadeAccounts(random, made(issuer, "user"), made(issuer, "service"));
    }

    private static MadeAccounts.Source made(LocalIssuer issuer, String role) {
        return (user, device) -> {
            TokenRequest request =
                    TokenRequest.parse(user, device, role, LIFETIME).get();
            return Optional.of(issuer.token(request));
        };
    }

    private static List<String> lines(Path file) throws CommandFailed {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new CommandFailed(CommandFailed.USAGE, "--tokens: cannot read " + file, unreadable);
        }
    }

    /** The first line of what the command prints; its errors go where ours go. */
    private static Optional<String> printed(String command, String user, String device) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command + " \"$@\"", "sh", user, device)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = process.inputReader().readLine();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.ofNullable(line).map(String::strip) : Optional.empty();
        } catch (IOException cannotRun) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
