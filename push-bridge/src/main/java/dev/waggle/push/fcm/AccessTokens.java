package dev.waggle.push.fcm;

import dev.waggle.push.Credential;
import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpSender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The access token of a service account: fetched when the first message leaves, again before it ends, never twice at one
 * time. Any thread.
 */
final class AccessTokens {
    /** A new one is fetched so long before the old one ends: longer than a message may take. */
    static final Duration EARLY = Duration.ofMinutes(5);

    /** After a failure nobody asks again for so long. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final ServiceAccount account;
    private final HttpSender sender;
    private final InstantSource clock;

    private Access.@Nullable Granted token;
    private long since;
    private long endsAt;
    private Access.@Nullable Denied failure;
    private long failedAt;
    private @Nullable CompletableFuture<Access> fetching;

    AccessTokens(ServiceAccount account, HttpSender sender, InstantSource clock) {
        this.account = account;
        this.sender = sender;
        this.clock = clock;
    }

    /** Never completes exceptionally. */
    CompletionStage<Access> get() {
        CompletableFuture<Access> fetch;
        HttpCall call;
        synchronized (this) {
            long now = clock.millis();
            if (token != null && now < endsAt - EARLY.toMillis()) {
                return CompletableFuture.completedFuture(token);
            }
            if (failure != null && Math.abs(now - failedAt) < PAUSE.toMillis()) {
                return CompletableFuture.completedFuture(known(failure, now));
            }
            if (fetching != null) {
                return fetching;
            }
            call = new HttpCall(
                    account.tokenUri(),
                    Map.of("Content-Type", "application/x-www-form-urlencoded"),
                    Assertion.form(account, clock.instant()));
            fetch = new CompletableFuture<>();
            fetching = fetch;
        }
        var unused = sender.post(call).thenAccept(reply -> fetch.complete(fetched(TokenAnswer.of(reply))));
        return fetch;
    }

    /** The token, and when it could not be renewed. */
    synchronized Credential state() {
        return new Credential(since, endsAt, failure == null ? 0 : failedAt);
    }

    /** A token that is refused although it has not ended is fetched anew. */
    synchronized void drop(Access.Granted refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private synchronized Access fetched(TokenAnswer answer) {
        long now = clock.millis();
        fetching = null;
        if (answer.access() instanceof Access.Granted granted) {
            token = granted;
            since = now;
            endsAt = now + answer.life().toMillis();
            failure = null;
            return granted;
        }
        Access.Denied denied = (Access.Denied) answer.access();
        failure = denied;
        failedAt = now;
        return known(denied, now);
    }

    /** The old token serves as long as it lasts. */
    private Access known(Access.Denied denied, long now) {
        return token != null && now < endsAt ? token : denied;
    }
}
