package dev.waggle.auth.password;

import dev.waggle.spec.Parsed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the hashing process does: questions in, answers out, as many at once as it has threads. */
final class HashingLoop {
    private final DataInputStream in;
    private final DataOutputStream out;
    private final int threads;
    private final Argon2id argon2id = new Argon2id();

    /** @param threads whoever asks has no more questions open than these */
    HashingLoop(InputStream in, OutputStream out, int threads) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
        this.threads = threads;
    }

    /**
     * Returns when the questions end, whatever is still being hashed.
     *
     * @return why: null if whoever asked has gone, otherwise what was wrong with a question; nothing secret
     */
    @Nullable
    String run() throws IOException {
        // One more than may ask: an answer is written a moment before its thread is free.
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(0, threads + 1, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "hash");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            for (Parsed<HashingFrame> next = HashingFrame.read(in); next != null; next = HashingFrame.read(in)) {
                if (next instanceof Parsed.Bad<HashingFrame> bad) {
                    return bad.reason();
                }
                HashingFrame question = next.get();
                pool.execute(() -> answer(question));
            }
            return null;
        } catch (RejectedExecutionException tooMany) {
            return "more than " + threads + " questions at once";
        } finally {
            pool.shutdownNow();
        }
    }

    private void answer(HashingFrame question) {
        HashingFrame answer = computed(question);
        try {
            synchronized (out) {
                answer.write(out);
            }
        } catch (IOException nobodyListens) {
            // Then the questions end too.
        }
    }

    private HashingFrame computed(HashingFrame question) {
        try {
            if (question instanceof HashingFrame.Hash hash) {
                return new HashingFrame.Hashed(question.id(), argon2id.hash(hash.password(), hash.salt()));
            }
            if (question instanceof HashingFrame.Match match) {
                return new HashingFrame.Matched(question.id(), argon2id.matches(match.password(), match.phc()));
            }
        } catch (RuntimeException bug) {
            // What the library says of it may quote what it was given, so it is told to nobody.
        }
        return new HashingFrame.Failed(question.id());
    }
}
