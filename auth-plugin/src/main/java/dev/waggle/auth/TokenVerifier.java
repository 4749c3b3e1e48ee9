package dev.waggle.auth;

import java.util.concurrent.CompletionStage;

/** Turns a token into an identity. Any thread; the work is done on a bounded pool of its own. */
public interface TokenVerifier {
    /**
     * @param token as it came: untrusted, of any length
     * @return never completes exceptionally for a bad token
     */
    CompletionStage<Verdict> verify(String token);
}
