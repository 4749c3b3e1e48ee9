package dev.waggle.broker.cli.doctor;

import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.keys.HttpDocuments;
import dev.waggle.auth.jwt.keys.JwkSet;
import dev.waggle.spec.Parsed;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Can the keys of an issuer elsewhere be had from here, the way a broker fetches them? */
final class IssuerCheck {
    /** Metadata and keys have 3 s each. */
    private static final long PATIENCE_SECONDS = 10;

    private IssuerCheck() {}

    static Finding run(ExternalIssuer issuer) throws InterruptedException {
        AtomicReference<Parsed<JwkSet>> answer = new AtomicReference<>(Parsed.bad("no answer"));
        CountDownLatch done = new CountDownLatch(1);
        var unused = issuer.keys(new HttpDocuments(Runnable::run)).run().whenComplete((keys, failure) -> {
            answer.set(failure == null ? keys : Parsed.bad(failure.toString()));
            done.countDown();
        });
        boolean came = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return (came ? answer.get() : Parsed.<JwkSet>bad("no answer within " + PATIENCE_SECONDS + " s"))
                .fold(
                        keys -> found(issuer, keys),
                        reason -> Finding.wrong(
                                "issuer", issuer.name() + ": " + reason + "; nobody of it can log in until they can"));
    }

    private static Finding found(ExternalIssuer issuer, JwkSet keys) {
        String text = issuer.name() + ": " + keys.size() + " usable keys";
        List<String> passedOver = keys.passedOver();
        return passedOver.isEmpty()
                ? Finding.ok("issuer", text)
                : Finding.warn("issuer", text + ", others cannot be used: " + passedOver);
    }
}
