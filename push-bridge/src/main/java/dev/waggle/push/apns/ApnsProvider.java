package dev.waggle.push.apns;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import dev.waggle.push.guard.BreakerTerms;
import dev.waggle.push.guard.ProviderBreaker;
import dev.waggle.spec.Parsed;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices of Apple. Production and sandbox are two services that share nothing: each has its own client and its own
 * breaker, so that one that hangs does not stop the other. Both are of one thread, on which outcomes are told too.
 */
public final class ApnsProvider implements PushProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ApnsProvider.class);

    /** Connections are closed before; what is left then is lost. */
    private static final int SHUTDOWN_SECONDS = 2;

    private final ApnsSettings settings;
    private final Parsed<ApnsSigningKey> key;
    private final EventLoopGroup eventLoop = new NioEventLoopGroup(1, new DefaultThreadFactory("waggle-apns", true));
    private final ApnsGateway production;
    private final ApnsGateway sandbox;
    private final ProviderBreaker guardedProduction;
    private final ProviderBreaker guardedSandbox;

    /** Reads the key file; a wrong one makes every outcome {@link Outcome.Misconfigured}. Opens no connection yet. */
    public ApnsProvider(ApnsSettings settings, BreakerTerms terms, InstantSource clock) {
        this.settings = settings;
        key = SigningKey.read(settings);
        if (key instanceof Parsed.Bad<ApnsSigningKey> bad) {
            LOG.error("no push goes to APNs: {}", bad.reason());
        }
        production = new ApnsGateway(settings, false, key, eventLoop, clock);
        sandbox = new ApnsGateway(settings, true, key, eventLoop, clock);
        guardedProduction = new ProviderBreaker(production, terms, clock, production::rebuild);
        guardedSandbox = new ProviderBreaker(sandbox, terms, clock, sandbox::rebuild);
    }

    @Override
    public String name() {
        return production.name();
    }

    /** That of production, then that of the sandbox; for metrics. */
    public List<ProviderBreaker> breakers() {
        return List.of(guardedProduction, guardedSandbox);
    }

    @Override
    public CompletionStage<Outcome> send(Address to, Push push) {
        boolean inSandbox = to instanceof Address.Apns apns && apns.sandbox();
        return (inSandbox ? guardedSandbox : guardedProduction).send(to, push);
    }

    /** Asks production about each topic, and the sandbox if it was used since the start. */
    @Override
    public CompletionStage<List<String>> problems() {
        if (key instanceof Parsed.Bad<ApnsSigningKey> bad) {
            return CompletableFuture.completedFuture(List.of(bad.reason()));
        }
        CompletionStage<List<String>> first = production.problems();
        return sandbox.isUsed()
                ? first.thenCombine(
                        sandbox.problems(),
                        (ours, theirs) ->
                                Stream.concat(ours.stream(), theirs.stream()).toList())
                : first;
    }

    /**
     * What is wrong with one device's address: sends it a push that shows nothing, and asks the other environment too if
     * the first one does not know it.
     */
    public CompletionStage<List<String>> problems(Address.Apns device) {
        if (key instanceof Parsed.Bad<ApnsSigningKey> bad) {
            return CompletableFuture.completedFuture(List.of(bad.reason()));
        }
        if (ApnsNotification.address(device, settings) instanceof Parsed.Bad<Address.Apns> bad) {
            return CompletableFuture.completedFuture(List.of("apns: the device's " + bad.reason()));
        }
        SimpleApnsPushNotification check = ApnsCheck.ofDevice(device);
        if (check == null) {
            return CompletableFuture.completedFuture(
                    List.of("apns: an address at PushKit cannot be checked without a call; call the user"));
        }
        return gateway(device.sandbox()).exchange(check).thenCompose(outcome -> {
            if (!(outcome instanceof Outcome.Unknown && outcome.reason().equals(ApnsAnswer.BAD_DEVICE_TOKEN))) {
                return CompletableFuture.completedFuture(told(device, outcome));
            }
            return gateway(!device.sandbox())
                    .exchange(check)
                    .thenApply(elsewhere -> List.of(misplaced(device.sandbox(), elsewhere)));
        });
    }

    private List<String> told(Address.Apns device, Outcome outcome) {
        if (outcome instanceof Outcome.Gone) {
            return List.of("apns: the app was removed from this device, or may not push to it any more");
        }
        Optional<String> sentence = ApnsFaults.sentence(outcome, settings, device.topic(), device.sandbox());
        return sentence.stream().toList();
    }

    private static String misplaced(boolean inSandbox, Outcome elsewhere) {
        String here = inSandbox ? "sandbox" : "production";
        String there = inSandbox ? "production" : "sandbox";
        return elsewhere instanceof Outcome.Accepted
                ? "apns: the device is registered for " + here + ", but its token is of " + there
                        + ": the app was built for " + there + " and must register so"
                : "apns: neither production nor sandbox knows the device's token: it is damaged, or another app's";
    }

    private ApnsGateway gateway(boolean inSandbox) {
        return inSandbox ? sandbox : production;
    }

    @Override
    public void close() {
        guardedProduction.close();
        guardedSandbox.close();
        var unused = eventLoop.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }
}
