package dev.waggle.auth.jwt;

import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.Verdict;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies tokens on a bounded pool (see {@link VerificationPool}); a token that was verified before is answered at
 * once, on the caller's thread, with the checks of time made again. Never keeps or logs a token. Any thread.
 */
public final class JwtVerifier implements TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(JwtVerifier.class);

    private static final int NOT_AUTHORIZED = 0x87;
    private static final int UNSPECIFIED = 0x80;
    private static final int SERVER_BUSY = 0x89;

    private final TokenChecks checks;
    private final VerifiedTokens known;
    private final Executor pool;
    private final InstantSource clock;

    /**
     * Trusts the local issuer.
     *
     * @param name {@code iss} of the local issuer
     * @param pool bounded: when it rejects, the answer is 0x89 'server busy'
     * @param cached tokens to remember; at least 2
     */
    public JwtVerifier(LocalKeys keys, String name, Executor pool, InstantSource clock, int cached) {
        this(new TokenChecks(Map.of(name, TrustedIssuer.local(name, keys))), new VerifiedTokens(cached), pool, clock);
    }

    JwtVerifier(TokenChecks checks, VerifiedTokens known, Executor pool, InstantSource clock) {
        this.checks = checks;
        this.known = known;
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Verdict> verify(String token) {
        // A longer text is refused as it is; hashing it would only cost.
        if (token.length() > CompactToken.MAX_LENGTH) {
            return CompletableFuture.completedFuture(check(token));
        }
        VerifiedTokens.Digest digest = VerifiedTokens.Digest.of(token);
        VerifiedToken before = known.find(digest);
        if (before != null) {
            return CompletableFuture.completedFuture(before.at(clock.millis()));
        }
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        try {
            pool.execute(() -> answer.complete(checkAndKeep(token, digest)));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Verdict.Denied(
                    SERVER_BUSY, "server busy: too many tokens wait to be checked, try again later"));
        }
        return answer;
    }

    private Verdict checkAndKeep(String token, VerifiedTokens.Digest digest) {
        try {
            return checks.check(token)
                    .fold(
                            good -> {
                                Verdict verdict = good.at(clock.millis());
                                if (verdict instanceof Verdict.Granted) {
                                    known.keep(digest, good);
                                }
                                return verdict;
                            },
                            reason -> new Verdict.Denied(NOT_AUTHORIZED, reason));
        } catch (RuntimeException e) {
            LOG.error("a check of a token failed: a bug; the token was refused", e);
            return new Verdict.Denied(UNSPECIFIED, "the token could not be checked");
        }
    }

    private Verdict check(String token) {
        return checks.check(token)
                .fold(good -> good.at(clock.millis()), reason -> new Verdict.Denied(NOT_AUTHORIZED, reason));
    }
}
