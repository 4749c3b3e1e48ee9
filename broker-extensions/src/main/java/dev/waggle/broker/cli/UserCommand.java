package dev.waggle.broker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.PasswordInput;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.spec.UserId;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waggle user}: users, their accounts and connections, over the admin port of a running broker. */
@Command(
        name = "user",
        description = "Make, change and list accounts of the local issuer; list and end connections of users.",
        synopsisSubcommandLabel = "COMMAND")
final class UserCommand implements Runnable {
    private static final String USERS = "/admin/v1/users";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final HelpOption help = new HelpOption();

    private UserCommand() {}

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new UserCommand())
                .addSubcommand(new Add(surroundings))
                .addSubcommand(new Password(surroundings))
                .addSubcommand(new Disable(surroundings))
                .addSubcommand(new Enable(surroundings))
                .addSubcommand(new All(surroundings))
                .addSubcommand(new UserInviteCommand(surroundings))
                .addSubcommand(new UserSessionsCommand(surroundings))
                .addSubcommand(new UserKickCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? One of the list below.");
    }

    private static ObjectNode json() {
        return new ObjectMapper().createObjectNode();
    }

    /** What the commands about one user share. */
    private abstract static class OfUser implements Callable<Integer> {
        final Surroundings surroundings;

        @Mixin
        final AdminOptions admin = new AdminOptions();

        @Mixin
        final HelpOption help = new HelpOption();

        @Parameters(paramLabel = "USER", description = "The user id.")
        private String user = "";

        OfUser(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        String user() throws CommandFailed {
            return ConnectOptions.valid(UserId.parse(user)).value();
        }

        int done(String what) throws CommandFailed {
            surroundings.out().println(user() + " " + what);
            return 0;
        }

        void change(String what, ObjectNode body) throws CommandFailed, InterruptedException {
            admin.ask(surroundings, USERS + "/" + user() + "/" + what, body);
        }
    }

    @Command(name = "add", description = "Make an account. Its password is asked for, or the first line of stdin.")
    private static final class Add extends OfUser {
        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "user, service, moderator, admin, or one of the configuration (default: user).")
        private String role = "user";

        Add(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() throws CommandFailed, InterruptedException {
            ObjectNode body = json().put("user", user()).put("role", role.toLowerCase(Locale.ROOT));
            body.put("password", PasswordInput.read(surroundings, "Password of " + user()));
            admin.ask(surroundings, USERS, body);
            return done("added");
        }
    }

    @Command(
            name = "password",
            description = "Set another password, asked for or the first line of stdin. All log-ins of the user end.")
    private static final class Password extends OfUser {
        Password(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() throws CommandFailed, InterruptedException {
            change("password", json().put("password", PasswordInput.read(surroundings, "New password of " + user())));
            return done("has a new password");
        }
    }

    @Command(name = "disable", description = "Let a user in no more; its connections and log-ins end.")
    private static final class Disable extends OfUser {
        Disable(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() throws CommandFailed, InterruptedException {
            change("disable", json());
            return done("disabled");
        }
    }

    @Command(name = "enable", description = "Let a disabled user in again.")
    private static final class Enable extends OfUser {
        Enable(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() throws CommandFailed, InterruptedException {
            change("enable", json());
            return done("enabled");
        }
    }

    @Command(name = "list", description = "All accounts, one line each: user, role, enabled or disabled.")
    private static final class All implements Callable<Integer> {
        private static final int PAGE = 1_000;

        private final Surroundings surroundings;

        @Mixin
        private final AdminOptions admin = new AdminOptions();

        @Mixin
        private final HelpOption help = new HelpOption();

        All(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws CommandFailed, InterruptedException {
            String after = "";
            while (after != null) {
                JsonNode page = admin.ask(surroundings, USERS + "?limit=" + PAGE + after, null);
                for (JsonNode user : page.path("users")) {
                    surroundings
                            .out()
                            .println(user.path("user").asText() + " "
                                    + user.path("role").asText() + " "
                                    + (user.path("enabled").asBoolean() ? "enabled" : "disabled"));
                }
                after = next(page);
            }
            return 0;
        }

        private static @Nullable String next(JsonNode page) {
            return page.hasNonNull("next") ? "&after=" + page.path("next").asText() : null;
        }
    }
}
