package dev.waggle.broker.cli.doctor;

import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.broker.CannotStart;
import dev.waggle.broker.cli.local.DataDirectory;
import dev.waggle.broker.cli.local.FreePorts;
import dev.waggle.broker.config.WaggleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that a broker with this configuration needs, without starting one. */
public final class Checkup {

    private Checkup() {}

    /** All findings, in a fixed order. */
    public static List<Finding> run(WaggleConfig config, Instant now) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(ClockCheck.run(now, config.data()));
        boolean running = false;
        if (Files.isDirectory(config.data())) {
            running = directory(config.data(), findings);
            findings.addAll(DiskCheck.run(config.data()));
        } else {
            findings.add(Finding.ok("data", config.data() + " does not exist yet; the first start makes it"));
        }
        findings.add(keys(config.data()));
        for (ExternalIssuer issuer : config.issuers().external()) {
            findings.add(IssuerCheck.run(issuer));
        }
        findings.addAll(PushCheck.run(config.push(), InstantSource.fixed(now)));
        if (running) {
            findings.add(RunningCheck.ready(config.data()));
        } else {
            ports(config, findings);
        }
        return findings;
    }

    /** True if a broker has the directory. */
    private static boolean directory(Path data, List<Finding> findings) {
        try {
            DataDirectory.own(data).close();
            findings.add(Finding.ok("data", data + " is free to use"));
            return false;
        } catch (CannotStart refused) {
            boolean inUse = refused.reason() == CannotStart.Reason.DATA_IN_USE;
            String text = String.valueOf(refused.getMessage());
            findings.add(inUse ? Finding.ok("data", text) : Finding.wrong("data", text));
            return inUse;
        } catch (IOException failed) {
            findings.add(Finding.wrong("data", data + ": " + failed));
            return false;
        }
    }

    private static Finding keys(Path data) {
        if (!Files.exists(data.resolve(LocalKeys.FILE))) {
            return Finding.ok("keys", "the local issuer has none yet; the first start or token makes one");
        }
        return LocalKeys.open(data, new SecureRandom())
                .fold(
                        good -> Finding.ok("keys", data.resolve(LocalKeys.FILE) + " is sound"),
                        reason -> Finding.wrong("keys", reason));
    }

    private static void ports(WaggleConfig config, List<Finding> findings) {
        List<String> taken = FreePorts.taken(config);
        taken.forEach(line -> findings.add(Finding.wrong("ports", line)));
        if (taken.isEmpty()) {
            findings.add(Finding.ok("ports", "all can be had"));
        }
    }
}
