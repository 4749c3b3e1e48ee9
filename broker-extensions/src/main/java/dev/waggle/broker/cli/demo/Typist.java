package dev.waggle.broker.cli.demo;

import dev.waggle.broker.cli.local.CommandFailed;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Somebody who types line after line until the broker is gone, and knows which lines were not acknowledged. */
final class Typist {

    private static final List<String> LINES = List.of(
            "Shopping list:",
            "two loaves",
            "butter",
            "cheese",
            "tomatoes",
            "a melon",
            "lemonade",
            "cups",
            "napkins",
            "a knife",
            "a ball",
            "matches",
            "That is all.");
    private static final long BETWEEN_LINES = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long PATIENCE_SECONDS = 20;

    private final Story story;
    private final String device;
    private final String to;
    private final Thread thread;
    private volatile int acknowledged;

    Typist(Story story, String device, String to) {
        this.story = story;
        this.device = device;
        this.to = to;
        this.thread = new Thread(this::typeUntilItFails, "typist");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits for the acknowledgements of the first lines. */
    void awaitAcknowledged(int lines) throws CommandFailed {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (acknowledged < lines) {
            if (System.nanoTime() > end) {
                throw new CommandFailed("lines are not acknowledged");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Waits until the line that met the crash has failed. */
    void awaitEnd() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }

    /** The line that met the crash, with the same key, and all after it. */
    void typeTheRest() throws CommandFailed, InterruptedException {
        for (String line : LINES.subList(acknowledged, LINES.size())) {
            story.say(device, to, line);
        }
    }

    private void typeUntilItFails() {
        try {
            for (String line : LINES) {
                story.say(device, to, line);
                acknowledged++;
                LockSupport.parkNanos(BETWEEN_LINES);
            }
        } catch (CommandFailed crashed) {
            return; // as it should: the rest is typed after the restart
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
