package dev.waggle.broker.cli;

import dev.waggle.broker.cli.doctor.Checkup;
import dev.waggle.broker.cli.doctor.Finding;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.config.ConfigReading;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code waggle doctor}: one line for each thing that a broker needs; fails if one is wrong. */
@Command(
        name = "doctor",
        description = "Check configuration, clock, data directory, disk, keys and ports, or the broker that runs.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is"},
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ConfigOptions config = new ConfigOptions();

    @Mixin
    private final HelpOption help = new HelpOption();

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path file = config.file(surroundings);
        ConfigReading reading = config.read(surroundings, Map.of());
        if (reading instanceof ConfigReading.Refused refused) {
            refused.problems().forEach(problem -> print(Finding.Grade.WRONG, "config", problem.toString()));
            return CommandFailed.FAILED;
        }
        ConfigReading.Accepted accepted = (ConfigReading.Accepted) reading;
        print(Finding.Grade.OK, "config", file == null ? "the defaults" : file.toString());
        accepted.warnings().forEach(warning -> print(Finding.Grade.WARN, "config", warning));
        List<Finding> findings =
                Checkup.run(accepted.config(), surroundings.clock().instant());
        findings.forEach(finding -> print(finding.grade(), finding.subject(), finding.text()));
        boolean wrong = findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.WRONG);
        return wrong ? CommandFailed.FAILED : 0;
    }

    private void print(Finding.Grade grade, String subject, String text) {
        surroundings
                .out()
                .printf("%-5s %-7s %s%n", grade.name().toLowerCase(Locale.ROOT), subject, text.replace('\n', ' '));
    }
}
