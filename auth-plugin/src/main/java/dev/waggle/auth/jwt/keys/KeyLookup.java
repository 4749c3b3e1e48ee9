package dev.waggle.auth.jwt.keys;

import java.util.concurrent.CompletionStage;

/** What became of the search for the key that a token names. */
public sealed interface KeyLookup {

    record Found(VerificationKey key) implements KeyLookup {}

    /** The issuer has no such key: the token is bad. */
    record Unknown() implements KeyLookup {}

    /**
     * The keys cannot be had now, or the key may be one that was not published when they were last had: try later.
     *
     * @param reason readable, short
     */
    record Unavailable(String reason) implements KeyLookup {}

    /**
     * The keys are being fetched; ask again then.
     *
     * @param fetched completes normally within the time limit of a fetch, whatever became of it
     */
    record Coming(CompletionStage<Void> fetched) implements KeyLookup {}
}
