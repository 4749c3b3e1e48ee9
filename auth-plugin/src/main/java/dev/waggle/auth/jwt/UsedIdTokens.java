package dev.waggle.auth.jwt;

import dev.waggle.auth.jwt.VerifiedTokens.Digest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The id tokens that logged somebody in, until they are too old to do it again. By what was signed, not by the signature,
 * which can be changed without the key. Bounded: what does not fit is not let in. In memory only, so a token from before
 * the start is refused instead: it may have been used then. Any thread.
 */
final class UsedIdTokens {
    /** About 200 bytes each; 100,000 log-ins in eleven minutes are 150 a second. */
    static final int MOST = 100_000;

    private static final long KEPT = IdTokenRules.MAX_AGE + 60;

    private final Map<Digest, Long> endings = new LinkedHashMap<>();
    private final long startedAt;

    /** @param startedAt Unix seconds */
    UsedIdTokens(long startedAt) {
        this.startedAt = startedAt;
    }

    /** What became of an attempt to use a token. */
    enum Use {
        FIRST,
        AGAIN,
        BEFORE_START,
        FULL
    }

    /**
     * @param issued {@code iat}, Unix seconds
     * @param now Unix seconds
     */
    synchronized Use use(CompactToken token, long issued, long now) {
        if (issued < startedAt) {
            return Use.BEFORE_START;
        }
        // The first in are the first out, all but those of clocks that are ahead.
        endings.values().removeIf(end -> end < now && endings.size() > MOST / 2);
        Digest digest = Digest.of(new String(token.signed(), StandardCharsets.US_ASCII));
        if (endings.containsKey(digest)) {
            return Use.AGAIN;
        }
        if (endings.size() >= MOST) {
            return Use.FULL;
        }
        endings.put(digest, issued + KEPT);
        return Use.FIRST;
    }
}
