package dev.waggle.bench;

import dev.waggle.bench.scenario.Crash;
import dev.waggle.bench.scenario.OneToOne;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The door of the module: one subcommand per scenario. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Waggle and its peers on this machine. Loopback only, bounded in count and time.",
        subcommands = {
            OneToOne.class,
            Crash.class,
        })
public final class Bench {
    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
