package dev.waggle.bench;

import dev.waggle.bench.scenario.Abuse;
import dev.waggle.bench.scenario.AuthCost;
import dev.waggle.bench.scenario.BigStore;
import dev.waggle.bench.scenario.BytesOnWire;
import dev.waggle.bench.scenario.Crash;
import dev.waggle.bench.scenario.FanOut;
import dev.waggle.bench.scenario.FsyncOrder;
import dev.waggle.bench.scenario.FullDisk;
import dev.waggle.bench.scenario.Hostile;
import dev.waggle.bench.scenario.Idle;
import dev.waggle.bench.scenario.OneToOne;
import dev.waggle.bench.scenario.Pushes;
import dev.waggle.bench.scenario.ReadCost;
import dev.waggle.bench.scenario.Sizes;
import dev.waggle.bench.scenario.Soak;
import dev.waggle.bench.scenario.StartTime;
import dev.waggle.bench.scenario.Storm;
import dev.waggle.bench.scenario.Urgent;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The door of the module: one subcommand per scenario. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Waggle and its peers on this machine. Loopback only, bounded in count and time.",
        subcommands = {
            OneToOne.class,
            FanOut.class,
            Idle.class,
            StartTime.class,
            BytesOnWire.class,
            BigStore.class,
            ReadCost.class,
            Sizes.class,
            Storm.class,
            Urgent.class,
            Hostile.class,
            Abuse.class,
            AuthCost.class,
            Pushes.class,
            Soak.class,
            Crash.class,
            FullDisk.class,
            FsyncOrder.class,
        })
public final class Bench {
    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
