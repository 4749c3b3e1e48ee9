package dev.waggle.broker.cli.doctor;

import dev.waggle.broker.config.PushConfig;
import dev.waggle.broker.push.ConfiguredOutlets;
import dev.waggle.broker.push.Outlet;
import dev.waggle.push.PushProvider;
import dev.waggle.push.webpush.VapidKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Are the credentials for pushes good, as far as the providers tell? */
final class PushCheck {
    /** A provider has 10 s for an answer, and may be asked about a handful of apps. */
    private static final long PATIENCE_SECONDS = 60;

    private PushCheck() {}

    static List<Finding> run(PushConfig config, InstantSource clock) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        SecureRandom random = new SecureRandom();
        // Nothing is sent to browsers here, so any key will do.
        VapidKey key = VapidKey.make(random);
        for (PushConfig.App app : config.apps()) {
            PushConfig alone = new PushConfig(List.of(app), config.pace());
            try (ConfiguredOutlets outlets =
                    new ConfiguredOutlets(alone, key, random, clock, name -> task -> new Thread(task, name))) {
                findings.addAll(all(outlets));
            } catch (IllegalArgumentException bad) {
                findings.add(Finding.wrong("push", String.valueOf(bad.getMessage())));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("push", "no provider is configured: sleeping devices are not woken"));
        }
        return findings;
    }

    /** Each provider once: two outlets may lead to the same. */
    private static List<Finding> all(ConfiguredOutlets outlets) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Set<PushProvider> asked = new HashSet<>();
        for (Outlet outlet : outlets.all()) {
            if (asked.add(outlet.provider())) {
                findings.addAll(of(outlet));
            }
        }
        return findings;
    }

    private static List<Finding> of(Outlet outlet) throws InterruptedException {
        String subject = "push " + outlet.id();
        AtomicReference<List<String>> answer = new AtomicReference<>(List.of("no answer"));
        CountDownLatch done = new CountDownLatch(1);
        var unused = outlet.provider().problems().whenComplete((problems, failure) -> {
            answer.set(failure == null ? problems : List.of(String.valueOf(failure)));
            done.countDown();
        });
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return List.of(Finding.wrong(subject, "no answer within " + PATIENCE_SECONDS + " s"));
        }
        List<String> problems = answer.get();
        return problems.isEmpty()
                ? List.of(Finding.ok(subject, "settings and credentials are good, as far as it tells"))
                : problems.stream()
                        .map(problem -> Finding.wrong(subject, problem))
                        .toList();
    }
}
