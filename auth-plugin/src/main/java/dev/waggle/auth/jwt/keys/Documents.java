package dev.waggle.auth.jwt.keys;

import dev.waggle.spec.Parsed;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Fetches small documents of issuers. Any thread; never blocks the caller. */
public interface Documents {

    /**
     * @param address as {@link WebAddress} allows it
     * @return completes normally, soon (the adapter states its limit), on a thread that must not be held; bad: why there
     *     is no document, without what came instead
     */
    CompletionStage<Parsed<byte[]>> get(URI address);
}
