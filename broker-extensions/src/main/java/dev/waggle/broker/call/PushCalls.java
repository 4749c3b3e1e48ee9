package dev.waggle.broker.call;

import dev.waggle.auth.Identity;
import dev.waggle.spec.call.CallRequest;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.Rejection;
import java.util.function.Consumer;

/** The calls about waking sleeping devices. Any thread; nothing blocks. */
@FunctionalInterface
public interface PushCalls {
    /** Exactly one of the two is told, once. */
    void call(Identity identity, CallRequest.Push request, Consumer<CallResult> give, Consumer<Rejection> refuse);
}
