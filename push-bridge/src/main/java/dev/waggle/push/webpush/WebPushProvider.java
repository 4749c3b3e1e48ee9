package dev.waggle.push.webpush;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import dev.waggle.push.endpoint.Endpoint;
import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpSender;
import dev.waggle.push.json.PushJson;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Wakes browsers and UnifiedPush phones. The push service in between learns when, how urgent and how large: the content
 * is encrypted for the app. Any thread; a call computes for about a millisecond.
 */
public final class WebPushProvider implements PushProvider {
    /** A push service keeps a message for four weeks at most. */
    private static final long MOST_SECONDS = 28L * 24 * 60 * 60;

    /** 24 bytes are 32 characters of base64url, as many as a topic may have (RFC 8030 §5.4). */
    private static final int TOPIC_BYTES = 24;

    /** FCM makes a collapse key of a topic, and delays what has one after a burst of 20. */
    private static final List<String> FCM = List.of(".googleapis.com", ".google.com");

    private final PushJson json = new PushJson();
    private final Encryption encryption;
    private final Vapid vapid;
    private final HttpSender sender;
    private final InstantSource clock;

    /**
     * @param key of the broker, for ever
     * @param contact null: push services are not told whom to write to
     * @param sender to addresses that users chose; belongs to the caller
     */
    public WebPushProvider(
            VapidKey key, @Nullable VapidContact contact, HttpSender sender, SecureRandom random, InstantSource clock) {
        this.encryption = new Encryption(random);
        this.vapid = new Vapid(key, contact, clock);
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webpush";
    }

    @Override
    public CompletionStage<Outcome> send(Address to, Push push) {
        return to instanceof Address.WebPush address
                ? send(address, push)
                : done(new Outcome.Undeliverable("not an address for Web Push"));
    }

    private CompletionStage<Outcome> send(Address.WebPush to, Push push) {
        if (!push.kind().isShown()) {
            // Subscriptions are for what is shown; browsers end those that break this.
            return done(new Outcome.Undeliverable("not for web push"));
        }
        long seconds = Math.min(MOST_SECONDS, Math.floorDiv(push.expiresAt() - clock.millis(), 1_000L));
        if (seconds < 0) {
            return done(new Outcome.Undeliverable("expired"));
        }
        return Endpoint.parse(to.endpoint())
                .fold(endpoint -> send(to, endpoint, push, seconds), WebPushProvider::unknown);
    }

    private CompletionStage<Outcome> send(Address.WebPush to, Endpoint endpoint, Push push, long seconds) {
        Parsed<Bytes> content = json.fit(push, Encryption.MOST_PLAINTEXT);
        if (content instanceof Parsed.Bad<Bytes> tooLarge) {
            return done(new Outcome.Undeliverable("the push " + tooLarge.reason()));
        }
        return encryption
                .encrypt(to.key(), to.secret(), content.get())
                .fold(
                        body -> sender.post(new HttpCall(to.endpoint(), headers(to, endpoint, push, seconds), body))
                                .thenApply(WebPushOutcome::of),
                        WebPushProvider::unknown);
    }

    private Map<String, String> headers(Address.WebPush to, Endpoint endpoint, Push push, long seconds) {
        Map<String, String> headers = new HashMap<>();
        headers.put("TTL", Long.toString(seconds));
        // Less is not delivered by iOS at once, or not at all.
        headers.put("Urgency", "high");
        headers.put("Content-Encoding", "aes128gcm");
        headers.put("Content-Type", "application/octet-stream");
        headers.put("Authorization", vapid.authorization(endpoint.origin()));
        if (FCM.stream().noneMatch(endpoint.host()::endsWith)) {
            headers.put("Topic", topic(to, push.thread()));
        }
        return headers;
    }

    /** The newer push replaces one of the same thread that still waits. Nobody else can tell which thread it is. */
    private static String topic(Address.WebPush to, String thread) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(to.secret().shared(), "HmacSHA256"));
            byte[] digest = mac.doFinal(("Waggle topic " + thread).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TOPIC_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    private static CompletionStage<Outcome> unknown(String reason) {
        return done(new Outcome.Unknown(reason));
    }

    private static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /** None: key and contact are checked when they are read, and a push service can only be asked with a push. */
    @Override
    public CompletionStage<List<String>> problems() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public void close() {
        // The sender belongs to whoever made it.
    }
}
