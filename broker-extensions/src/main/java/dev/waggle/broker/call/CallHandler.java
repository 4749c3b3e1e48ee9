package dev.waggle.broker.call;

import dev.waggle.auth.Identity;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.SendKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out calls (PROTOCOL §5). Any thread may call it; it never blocks. */
public interface CallHandler {

    /**
     * Carries out one call. Rate and size of the request were checked before.
     *
     * @param source whose order counts: calls and messages of one source are decided in their order; the connection, or
     *     any new object
     * @param identity who asks
     * @param method as the client wrote it, {@code [A-Za-z0-9._-]{1,64}}; an unknown one is answered {@code not-found}
     * @param key idempotency key, or null
     * @param request the payload, untrusted
     * @param contentType of the request, or null
     * @param answer is told once, on any thread, a refusal too; never if the server stops before it is decided
     */
    void call(
            Object source,
            Identity identity,
            String method,
            @Nullable SendKey key,
            Bytes request,
            @Nullable String contentType,
            Consumer<CallAnswer> answer);
}
