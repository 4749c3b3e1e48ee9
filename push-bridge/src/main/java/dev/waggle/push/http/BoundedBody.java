package dev.waggle.push.http;

import dev.waggle.spec.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a body; what is beyond the limit is not read. {@link #cancel} from any thread, the rest by the client,
 * one call after the other.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<Bytes> {
    private final int mostBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Bytes> beginning = new CompletableFuture<>();
    private final AtomicReference<Flow.@Nullable Subscription> source = new AtomicReference<>();

    BoundedBody(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Gives up the connection. */
    void cancel() {
        beginning.completeExceptionally(new IOException("given up"));
        stopReading();
    }

    private void stopReading() {
        Flow.Subscription subscription = source.get();
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<Bytes> getBody() {
        return beginning;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source.set(subscription);
        if (beginning.isDone()) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            byte[] piece = new byte[Math.min(part.remaining(), mostBytes - bytes.size())];
            part.get(piece);
            bytes.writeBytes(piece);
            if (part.hasRemaining()) {
                beginning.complete(Bytes.wrap(bytes.toByteArray()));
                stopReading();
                return;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        beginning.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        beginning.complete(Bytes.wrap(bytes.toByteArray()));
    }
}
