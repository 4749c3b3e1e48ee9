package dev.waggle.broker.cli;

import dev.waggle.broker.CannotStart;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.DataDirectory;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.config.ConfigReading;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.store.check.StoreCheck;
import dev.waggle.store.rocks.ClosedStore;
import dev.waggle.store.rocks.RocksSettings;
import dev.waggle.store.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code waggle check}: reads a whole store that no broker has, and tells what does not hold together. */
@Command(
        name = "check",
        description = "Read the whole store of a stopped broker and tell what is damaged. Changes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the store is sound",
            "1:it is damaged; each damage is a line on stdout",
            "2:wrong usage or configuration, or there is no store",
            "3:the data directory is in use by another process"
        },
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    /** Damages told one by one; a spoiled block alone can make thousands. */
    private static final int MOST_TOLD = 100;

    private final Surroundings surroundings;

    @Mixin
    private final ConfigOptions config = new ConfigOptions();

    @Mixin
    private final HelpOption help = new HelpOption();

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed {
        WaggleConfig settings = settings();
        if (!Files.isDirectory(settings.store())) {
            throw new CommandFailed(CommandFailed.USAGE, "there is no store in " + settings.data());
        }
        try (DataDirectory owned = DataDirectory.own(settings.data())) {
            return check(settings);
        } catch (CannotStart inUse) {
            throw new CommandFailed(inUse.reason().exitCode(), String.valueOf(inUse.getMessage()), inUse);
        } catch (IOException failed) {
            throw new CommandFailed(CommandFailed.FAILED, settings.data() + ": " + failed, failed);
        }
    }

    private int check(WaggleConfig settings) {
        StoreCheck.Report report;
        try (ClosedStore store = ClosedStore.open(RocksSettings.in(settings.store()))) {
            report = StoreCheck.run(store, MOST_TOLD);
        } catch (StorageFailure damaged) {
            surroundings.out().println("damaged: " + damaged.getMessage());
            return CommandFailed.FAILED;
        }
        report.told().forEach(damage -> surroundings.out().println("damaged: " + damage));
        if (report.damages() > report.told().size()) {
            surroundings
                    .out()
                    .println("damaged: " + (report.damages() - report.told().size()) + " more");
        }
        surroundings
                .out()
                .printf(
                        "%s: %d entries of %d conversations, %d pointers of %d inboxes, %d keys, %d users%n",
                        report.damages() == 0 ? "sound" : report.damages() + " damages",
                        report.entries(),
                        report.conversations(),
                        report.pointers(),
                        report.inboxes(),
                        report.keys(),
                        report.users());
        return report.damages() == 0 ? 0 : CommandFailed.FAILED;
    }

    private WaggleConfig settings() throws CommandFailed {
        ConfigReading reading = config.read(surroundings, Map.of());
        if (reading instanceof ConfigReading.Refused refused) {
            throw new CommandFailed(CommandFailed.USAGE, ProblemList.text(refused.problems()));
        }
        return ((ConfigReading.Accepted) reading).config();
    }
}
