package dev.waggle.auth.jwt;

import dev.waggle.auth.CertificateDigest;
import dev.waggle.auth.Identity;
import dev.waggle.auth.Standings;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.Verdict;
import dev.waggle.auth.jwt.VerificationOutcomes.Outcome;
import dev.waggle.auth.jwt.keys.KeyFetches;
import dev.waggle.spec.Parsed;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies tokens on a bounded pool (see {@link VerificationPool}); a token that was verified before is answered at
 * once, on the caller's thread, with the time, the issuer's keys and its standing checked again. A token whose key is being fetched
 * waits without holding a thread. Never keeps or logs a token. Any thread.
 */
public final class JwtVerifier implements TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(JwtVerifier.class);

    private static final int NOT_AUTHORIZED = 0x87;
    private static final int UNSPECIFIED = 0x80;
    private static final int SERVER_UNAVAILABLE = 0x88;
    private static final int SERVER_BUSY = 0x89;

    /** Tokens that wait for keys at the same time: up to 8 KiB each, and strangers can send them. */
    private static final int MAX_WAITING = 1_000;

    /** A token may find a fetch that began before it came, then needs one of its own; more changes nothing. */
    private static final int MAX_WAITS = 2;

    private final TokenChecks checks;
    private final VerifiedTokens known;
    private final Executor pool;
    private final InstantSource clock;
    private final Standings standings;
    private final VerificationOutcomes outcomes;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    /**
     * @param pool bounded: when it rejects, the answer is 0x89 'server busy'
     * @param cached tokens to remember; at least 2
     * @param standings asked with each use of a token
     */
    public JwtVerifier(
            TrustedIssuers issuers,
            Executor pool,
            InstantSource clock,
            int cached,
            Standings standings,
            VerificationOutcomes outcomes) {
        this(new TokenChecks(issuers), new VerifiedTokens(cached), pool, clock, standings, outcomes);
    }

    /** Trusts the local issuer only, and nothing is revoked. */
    public JwtVerifier(LocalKeys keys, String name, Executor pool, InstantSource clock, int cached) {
        this(onlyLocal(keys, name, clock), pool, clock, cached, Standings.UNREVOKED, VerificationOutcomes.UNHEARD);
    }

    JwtVerifier(
            TokenChecks checks,
            VerifiedTokens known,
            Executor pool,
            InstantSource clock,
            Standings standings,
            VerificationOutcomes outcomes) {
        this.checks = checks;
        this.known = known;
        this.pool = pool;
        this.clock = clock;
        this.standings = standings;
        this.outcomes = outcomes;
    }

    private static TrustedIssuers onlyLocal(LocalKeys keys, String name, InstantSource clock) {
        KeyFetches unheard = (issuer, good) -> {};
        return new TrustedIssuers.Builder(
                        address -> CompletableFuture.completedFuture(Parsed.bad("nothing is fetched")), clock, unheard)
                .local(name, keys, true)
                .build();
    }

    @Override
    public CompletionStage<Verdict> verify(String token, @Nullable CertificateDigest presented) {
        long now = clock.millis();
        Asked asked = new Asked(presented, new CompletableFuture<>());
        // A longer text is refused as it is; hashing it would only cost.
        if (token.length() > CompactToken.MAX_LENGTH) {
            decide(checks.check(token, now, now), asked);
            return asked.answer();
        }
        VerifiedTokens.Digest digest = VerifiedTokens.Digest.of(token);
        VerifiedToken before = known.find(digest);
        if (before != null && before.isVouchedForAt(now)) {
            decide(new TokenCheck.Good(before), asked);
            return asked.answer();
        }
        attempt(new Attempt(token, digest, now, asked), 0);
        return asked.answer();
    }

    /** Who waits, and what the connection has shown. */
    private record Asked(@Nullable CertificateDigest presented, CompletableFuture<Verdict> answer) {}

    /** A token on its way through. */
    private record Attempt(String token, VerifiedTokens.Digest digest, long arrivedAt, Asked asked) {}

    private void attempt(Attempt attempt, int waits) {
        try {
            pool.execute(() -> look(attempt, waits));
        } catch (RejectedExecutionException e) {
            busy(attempt);
        }
    }

    private void look(Attempt attempt, int waits) {
        try {
            TokenCheck check = checks.check(attempt.token(), attempt.arrivedAt(), clock.millis());
            if (check instanceof TokenCheck.Later later) {
                await(later, attempt, waits);
                return;
            }
            if (check instanceof TokenCheck.Good good) {
                known.keep(attempt.digest(), good.token());
            }
            decide(check, attempt.asked());
        } catch (RuntimeException e) {
            LOG.error("a check of a token failed: a bug; the token was refused", e);
            end(attempt.asked().answer(), Outcome.FAILED, UNSPECIFIED, "the token could not be checked");
        }
    }

    private void await(TokenCheck.Later later, Attempt attempt, int waits) {
        if (waits == MAX_WAITS) {
            decide(
                    new TokenCheck.Unavailable("the key of the token is not known yet, try again later"),
                    attempt.asked());
        } else if (waiting.tryAcquire()) {
            CompletionStage<Void> unused = later.keys().whenComplete((fetched, failure) -> {
                waiting.release();
                attempt(attempt, waits + 1);
            });
        } else {
            busy(attempt);
        }
    }

    private void busy(Attempt attempt) {
        end(
                attempt.asked().answer(),
                Outcome.BUSY,
                SERVER_BUSY,
                "server busy: too many tokens wait to be checked, try again later");
    }

    private void decide(TokenCheck check, Asked asked) {
        CompletableFuture<Verdict> answer = asked.answer();
        if (check instanceof TokenCheck.Good good) {
            Verdict verdict = good.token().at(clock.millis(), asked.presented()).fold(this::stands, denied -> denied);
            outcomes.verified(verdict instanceof Verdict.Granted ? Outcome.GRANTED : Outcome.REFUSED);
            answer.complete(verdict);
        } else if (check instanceof TokenCheck.Unavailable missing) {
            end(answer, Outcome.KEYS_UNAVAILABLE, SERVER_UNAVAILABLE, missing.reason());
        } else if (check instanceof TokenCheck.Bad bad) {
            outcomes.verified(Outcome.REFUSED);
            answer.complete(new Verdict.Denied(NOT_AUTHORIZED, bad.reason(), !bad.late()));
        }
    }

    private Verdict stands(Identity identity) {
        return standings.of(identity).admit(identity);
    }

    private void end(CompletableFuture<Verdict> answer, Outcome outcome, int code, String reason) {
        outcomes.verified(outcome);
        answer.complete(new Verdict.Denied(code, reason));
    }
}
