package dev.waggle.push.fcm;

import dev.waggle.push.Address;
import dev.waggle.push.Credential;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpSender;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices with Google's services. Belongs behind a {@link dev.waggle.push.guard.ProviderBreaker}, which renews the sender's
 * connections when nothing is answered. Any thread; outcomes are told on the sender's.
 */
public final class FcmProvider implements PushProvider {
    /** An error has some 500 bytes. */
    public static final int MOST_ANSWER_BYTES = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(FcmProvider.class);

    private final HttpSender sender;
    private final InstantSource clock;
    private final Parsed<Account> account;

    /** What the key file is good for. */
    private record Account(ServiceAccount service, AccessTokens tokens, URI messages) {}

    /**
     * Reads the key file; a wrong one makes every outcome {@link Outcome.Misconfigured}. Opens no connection yet.
     *
     * @param sender reads {@link #MOST_ANSWER_BYTES} of an answer
     */
    public FcmProvider(FcmSettings settings, HttpSender sender, InstantSource clock) {
        this.sender = sender;
        this.clock = clock;
        account = ServiceAccount.read(settings.keyFile())
                .then(service -> Parsed.ok(new Account(
                        service,
                        new AccessTokens(service, sender, clock),
                        settings.endpoint().resolve("/v1/projects/" + service.project() + "/messages:send"))));
        if (account instanceof Parsed.Bad<Account> bad) {
            LOG.error("no push goes to FCM: {}", bad.reason());
        }
    }

    @Override
    public String name() {
        return "fcm";
    }

    @Override
    public CompletionStage<Outcome> send(Address to, Push push) {
        if (!(to instanceof Address.Fcm fcm) || fcm.value().isEmpty()) {
            return done(new Outcome.Unknown("not an address at FCM"));
        }
        return FcmMessage.of(fcm, push, clock.millis())
                .map(message -> account.fold(
                        known -> send(known, message, true),
                        reason -> done(new Outcome.Misconfigured("no service account"))))
                .orElseGet(() -> done(new Outcome.Undeliverable("too large for FCM")));
    }

    private CompletionStage<Outcome> send(Account from, Bytes message, boolean mayRenew) {
        return from.tokens().get().thenCompose(access -> {
            if (!(access instanceof Access.Granted granted)) {
                return done(((Access.Denied) access).outcome());
            }
            HttpCall call = new HttpCall(
                    from.messages(),
                    Map.of("Authorization", "Bearer " + granted.token(), "Content-Type", "application/json"),
                    message);
            return sender.post(call)
                    .thenCompose(reply -> reply.fold(
                            answer -> {
                                FcmAnswer read = FcmAnswer.of(answer);
                                if (!read.refusesToken()) {
                                    return done(read.outcome());
                                }
                                from.tokens().drop(granted);
                                return mayRenew ? send(from, message, false) : done(read.outcome());
                            },
                            silence -> done(FcmAnswer.silence(silence.reason())),
                            refused -> done(new Outcome.Misconfigured(refused.reason()))));
        });
    }

    private static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /** Asks FCM to check a message without sending it. */
    @Override
    public CompletionStage<List<String>> problems() {
        return account.fold(
                known -> send(known, FcmMessage.check(), true)
                        .thenApply(outcome -> FcmFaults.sentence(outcome, known.service()).stream()
                                .toList()),
                reason -> CompletableFuture.completedFuture(List.of(reason)));
    }

    /** The access token; the service account's key does not end. */
    @Override
    public Optional<Credential> credential() {
        return account.fold(known -> Optional.of(known.tokens().state()), reason -> Optional.empty());
    }

    /** The connections are the sender's. */
    @Override
    public void close() {
        LOG.debug("no more pushes go to FCM");
    }
}
