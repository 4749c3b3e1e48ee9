package dev.waggle.bench.target;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Bounded waiting of a main thread. */
public final class Waiting {
    private Waiting() {}

    /** @throws IllegalStateException naming what was waited for, if the time runs out */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        if (!whether(limit, condition)) {
            throw new IllegalStateException(what + ": not within " + limit.toMillis() + " ms");
        }
    }

    /** @return whether the condition became true in time */
    public static boolean whether(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(Duration.ofMillis(5));
        }
        return true;
    }

    public static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
