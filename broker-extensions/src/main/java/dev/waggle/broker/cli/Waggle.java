package dev.waggle.broker.cli;

import dev.waggle.broker.cli.local.Surroundings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code waggle} command. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration; more at {@link StartCommand}. */
@Command(
        name = "waggle",
        description = "A chat broker on plain MQTT.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; the reason is on stderr", "2:wrong usage or configuration"})
public final class Waggle implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @CommandLine.Mixin
    private final HelpOption help = new HelpOption();

    @CommandLine.Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    private Waggle() {}

    /** Runs one command to its end. */
    public static int run(Surroundings surroundings, String... arguments) {
        return commandLine(surroundings).execute(arguments);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Waggle())
                .addSubcommand(new StartCommand(surroundings))
                .addSubcommand(new TokenCommand(surroundings))
                .addSubcommand(new SendCommand(surroundings))
                .addSubcommand(new TailCommand(surroundings))
                .addSubcommand(new CallCommand(surroundings))
                .addSubcommand(new ChatCommand(surroundings))
                .addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new ConformanceCommand(surroundings))
                .addSubcommand(KeysCommand.commandLine(surroundings))
                .addSubcommand(UserCommand.commandLine(surroundings))
                .setOut(writer(surroundings.out()))
                .setErr(writer(surroundings.err()))
                .setExpandAtFiles(false) // a message may begin with @
                .setUsageHelpWidth(110)
                .setExecutionExceptionHandler(new Failures());
        line.getSubcommands().values().forEach(each -> each.setUsageHelpWidth(110));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? One of the list below.");
    }

    private static PrintWriter writer(java.io.PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
