package dev.waggle.broker.testkit;

import dev.waggle.auth.Identity;
import dev.waggle.broker.call.CallAnswer;
import dev.waggle.broker.call.CallHandler;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.SendKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call table that the test answers. */
public final class ManualCalls implements CallHandler {
    /** A call that waits. */
    public record Call(
            Identity identity,
            String method,
            @Nullable SendKey key,
            Bytes request,
            @Nullable String contentType,
            Consumer<CallAnswer> answer) {
        public void answer(String json) {
            answer.accept(new CallAnswer(Bytes.utf8(json), null, 200));
        }
    }

    public final List<Call> calls = new ArrayList<>();

    public Call next() {
        return calls.remove(0);
    }

    @Override
    public void call(
            Object source,
            Identity identity,
            String method,
            @Nullable SendKey key,
            Bytes request,
            @Nullable String contentType,
            Consumer<CallAnswer> answer) {
        calls.add(new Call(identity, method, key, request, contentType, answer));
    }
}
