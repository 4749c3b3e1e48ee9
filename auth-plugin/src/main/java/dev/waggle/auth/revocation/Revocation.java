package dev.waggle.auth.revocation;

import dev.waggle.auth.Identity;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.TokenLifetime;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing that no longer counts, and until when it must be known. Names what a token says, never its text: one token has
 * only one id, but its base64 may be spelled in more than one way. Immutable.
 */
public sealed interface Revocation {

    /**
     * How long after this moment a token that exists now can be good: {@code iat} may be 60 s ahead of our clock, the life
     * of a token is at most 30 days, and one of another issuer is taken 30 s longer.
     */
    Duration LONGEST = TokenLifetime.MAX.plusSeconds(90);

    /** No access token that a log-in gives lives longer: 15 minutes, a tenth more, and what rounding adds. */
    Duration LOG_IN = Duration.ofMinutes(17);

    /** What it is about; of two with one key the one that lasts longer holds. */
    Key key();

    /** When the last token that it speaks of has ended, Unix milliseconds: then it may be forgotten. */
    long until();

    /** True if the token with these claims counts no more. */
    boolean covers(Identity identity);

    /** One token. */
    record OfToken(String issuer, String tokenId, long until) implements Revocation {
        @Override
        public Key key() {
            return Key.token(issuer, tokenId);
        }

        @Override
        public boolean covers(Identity identity) {
            return identity.tokenId().equals(tokenId) && identity.issuer().equals(issuer);
        }
    }

    /**
     * The tokens with which the user is on this device, whether they name it or are for any.
     *
     * @param validAfter tokens with an earlier {@code iat} do not count; Unix milliseconds
     */
    record OfDevice(UserId user, DeviceId device, long validAfter) implements Revocation {
        @Override
        public Key key() {
            return Key.device(user, device);
        }

        @Override
        public long until() {
            return validAfter + LONGEST.toMillis();
        }

        @Override
        public boolean covers(Identity identity) {
            return identity.issuedAt() < validAfter && identity.user().equals(user) && device.equals(identity.device());
        }
    }

    /**
     * All tokens of the user.
     *
     * @param validAfter tokens with an earlier {@code iat} do not count; Unix milliseconds
     */
    record OfUser(UserId user, long validAfter) implements Revocation {
        @Override
        public Key key() {
            return Key.user(user);
        }

        @Override
        public long until() {
            return validAfter + LONGEST.toMillis();
        }

        @Override
        public boolean covers(Identity identity) {
            return identity.issuedAt() < validAfter && identity.user().equals(user);
        }
    }

    /**
     * The access tokens that log-ins of the user gave: those of the local issuer that live no longer than such tokens do.
     * Their owners cause it, by logging out, so it is forgotten after minutes and has room of its own: nobody can fill
     * that of the administrators. Tokens that an operator signed for longer are the operator's to revoke.
     *
     * @param device null: on all devices
     * @param validAfter tokens with an earlier {@code iat} do not count; Unix milliseconds
     */
    record OfLogIns(UserId user, @Nullable DeviceId device, long validAfter) implements Revocation {
        @Override
        public Key key() {
            return Key.logIns(user, device);
        }

        @Override
        public long until() {
            return validAfter + LOG_IN.toMillis();
        }

        @Override
        public boolean covers(Identity identity) {
            return identity.issuedAt() < validAfter
                    && identity.user().equals(user)
                    && (device == null || device.equals(identity.device()))
                    && identity.issuer().equals(LocalIssuer.DEFAULT_NAME)
                    && identity.expiresAt() - identity.issuedAt() <= LOG_IN.toMillis();
        }
    }

    /** Nobody speaks for the user, until it is enabled again. */
    record Disabled(UserId user) implements Revocation {
        @Override
        public Key key() {
            return Key.disabled(user);
        }

        @Override
        public long until() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean covers(Identity identity) {
            return identity.user().equals(user);
        }
    }

    /**
     * The first time that no token issued until now has: {@code iat} is in whole seconds.
     *
     * @param nowMillis Unix milliseconds
     */
    static long fromNow(long nowMillis) {
        return (Math.floorDiv(nowMillis, 1000L) + 1) * 1000;
    }
}
