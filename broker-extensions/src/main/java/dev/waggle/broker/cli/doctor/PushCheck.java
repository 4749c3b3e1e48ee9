package dev.waggle.broker.cli.doctor;

import dev.waggle.broker.config.PushConfig;
import dev.waggle.broker.push.ConfiguredOutlets;
import dev.waggle.broker.push.Outlet;
import dev.waggle.push.webpush.VapidKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
        try (ConfiguredOutlets outlets = new ConfiguredOutlets(
                config, VapidKey.make(random), random, clock, name -> task -> new Thread(task, name))) {
            for (Outlet outlet : outlets.all()) {
                findings.addAll(of(outlet));
            }
            if (outlets.all().isEmpty()) {
                findings.add(Finding.ok("push", "no provider is configured: sleeping devices are not woken"));
            }
        } catch (IllegalArgumentException bad) {
            findings.add(Finding.wrong("push", String.valueOf(bad.getMessage())));
        }
        return findings;
    }

    private static List<Finding> of(Outlet outlet) throws InterruptedException {
        String subject = "push " + outlet.provider().name();
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
