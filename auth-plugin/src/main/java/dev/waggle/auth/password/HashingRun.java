package dev.waggle.auth.password;

import dev.waggle.spec.Parsed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One life of the hashing process, from its start to its end; whatever is open when it ends has failed. Any thread; those
 * that ask wait.
 */
final class HashingRun {
    /** Of what the process said last; the first lines tell why a JVM did not start. */
    private static final int MAX_SAID = 300;

    private final Process process;
    private final DataOutputStream questions;
    private final Map<Integer, BlockingQueue<HashingFrame>> open = new HashMap<>();
    private int lastId;
    private boolean over;

    private HashingRun(Process process) {
        this.process = process;
        this.questions = new DataOutputStream(process.getOutputStream());
    }

    /**
     * Starts it.
     *
     * @param ended told once, on a thread of its own, who ended and how; nothing secret
     * @throws IOException if it does not start
     */
    static HashingRun start(List<String> command, BiConsumer<HashingRun, String> ended) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        // Meant for the broker: a debugger's port or a heap of its size.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        HashingRun run = new HashingRun(builder.start());
        Thread listener = new Thread(() -> run.listen(ended), "waggle-hashing");
        listener.setDaemon(true);
        listener.start();
        return run;
    }

    /**
     * The answer; {@code Failed} if the process ended meanwhile.
     *
     * @param limit one that takes longer hangs: the process is ended, and all that is open with it
     */
    HashingFrame ask(IntFunction<HashingFrame> question, Duration limit) {
        BlockingQueue<HashingFrame> box = new ArrayBlockingQueue<>(1);
        send(question, box);
        try {
            HashingFrame answer = box.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                end();
                throw new HashingUnavailable("the hashing process did not answer within " + limit.toMillis() + " ms");
            }
            return answer;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new HashingUnavailable("interrupted while the hashing process was at work");
        }
    }

    /** As few are open as there are threads that ask, so the pipe has room for all and this does not block. */
    private synchronized void send(IntFunction<HashingFrame> question, BlockingQueue<HashingFrame> box) {
        if (over) {
            throw new HashingUnavailable("the hashing process has ended");
        }
        int id = ++lastId;
        open.put(id, box);
        try {
            question.apply(id).write(questions);
        } catch (IOException gone) {
            open.remove(id);
            end();
            throw new HashingUnavailable("the hashing process has ended");
        }
    }

    /** It keeps nothing, so it need not end in order. */
    void end() {
        process.destroyForcibly();
    }

    synchronized boolean isIdle() {
        return open.isEmpty();
    }

    private void listen(BiConsumer<HashingRun, String> ended) {
        String wrong = untilTheEnd();
        String how = wrong == null ? farewell() : "it sent what is no answer: " + wrong;
        end();
        // Told first, so that whoever is told of a failure and asks again does not meet this run.
        ended.accept(this, how);
        synchronized (this) {
            over = true;
            open.forEach((id, box) -> box.offer(new HashingFrame.Failed(id)));
            open.clear();
        }
    }

    /** @return what was wrong with an answer, or null if there are no more */
    private @Nullable String untilTheEnd() {
        try (DataInputStream answers = new DataInputStream(process.getInputStream())) {
            for (Parsed<HashingFrame> next = HashingFrame.read(answers);
                    next != null;
                    next = HashingFrame.read(answers)) {
                String wrong = next instanceof Parsed.Bad<HashingFrame> bad ? bad.reason() : answered(next.get());
                if (wrong != null) {
                    return wrong;
                }
            }
            return null;
        } catch (IOException gone) {
            return null;
        }
    }

    /** @return what is wrong with it, or null */
    private synchronized @Nullable String answered(HashingFrame answer) {
        if (answer instanceof HashingFrame.Hash || answer instanceof HashingFrame.Match) {
            return "a question";
        }
        BlockingQueue<HashingFrame> box = open.remove(answer.id());
        return box == null || !box.offer(answer) ? "an answer to nothing" : null;
    }

    /** What it said before it ended; it is read behind its end, when there is nothing to wait for. */
    private String farewell() {
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                return "it closed its output";
            }
            InputStream errors = process.getErrorStream();
            byte[] said = errors.readNBytes(Math.min(errors.available(), MAX_SAID));
            String text = new String(said, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
            return "exit code " + process.exitValue() + (text.isEmpty() ? "" : ": " + text);
        } catch (IOException closed) {
            return "it was killed";
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
