package dev.waggle.push.guard;

import dev.waggle.push.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether to believe a provider that calls an address unknown. A wrong bundle, a wrong project or the wrong environment
 * makes every address look so; forgetting them all would lose every device for a fault in one line of settings. One for
 * each credential. Any thread.
 *
 * <p>Opens when of at least {@value #LEAST} answers about addresses in {@link #WINDOW} at least half say
 * {@link Outcome.Unknown}. Closes when of the last {@value #LEAST} answers less than half do; a new configuration comes
 * with a new breaker, which is closed. Outcomes that tell nothing about the address do not count.
 */
public final class PruneBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(PruneBreaker.class);

    /** With fewer answers a share says little. */
    public static final int LEAST = 20;

    public static final Duration WINDOW = Duration.ofMinutes(5);

    /** The window is counted in so many parts, and forgets one of them at a time. */
    private static final int PARTS = 10;

    private static final long PART_MILLIS = WINDOW.toMillis() / PARTS;

    private final String credential;
    private final InstantSource clock;

    private final int[] answers = new int[PARTS];
    private final int[] unknown = new int[PARTS];
    /** The part of time that was counted last, since 1970. */
    private long part;

    private boolean open;
    /** Of the answers since it opened, newest in the lowest bit; 1: unknown. */
    private int newest;

    private int seen;

    /** @param credential a name for people, nothing secret */
    public PruneBreaker(String credential, InstantSource clock) {
        this.credential = credential;
        this.clock = clock;
    }

    /**
     * Takes note of what became of a try.
     *
     * @return true if the address may be forgotten for it; only for {@link Outcome.Unknown}
     */
    public boolean mayPrune(Outcome outcome) {
        boolean bad = outcome instanceof Outcome.Unknown;
        if (!bad && !(outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Gone)) {
            return false;
        }
        boolean before;
        boolean after;
        synchronized (this) {
            before = open;
            count(bad);
            after = open;
        }
        if (before != after) {
            tell(after);
        }
        return bad && !after;
    }

    /** True while no address is forgotten: an alarm for people. */
    public synchronized boolean isOpen() {
        return open;
    }

    private void count(boolean bad) {
        forgetOld(clock.millis() / PART_MILLIS);
        int index = (int) (part % PARTS);
        answers[index]++;
        unknown[index] += bad ? 1 : 0;
        if (open) {
            newest = (newest << 1 | (bad ? 1 : 0)) & (1 << LEAST) - 1;
            seen = Math.min(seen + 1, LEAST);
            open = seen < LEAST || isHalf(Integer.bitCount(newest), LEAST);
        } else if (sum(answers) >= LEAST && isHalf(sum(unknown), sum(answers))) {
            open = true;
            seen = 0;
        }
        if (!open && seen == LEAST) {
            // What opened it is over: it does not open again for the same answers.
            clear(PARTS);
            seen = 0;
        }
    }

    private void forgetOld(long now) {
        long passed = now - part;
        part = now;
        // A clock that was set back makes all that was counted too old as well.
        clear(passed < 0 || passed > PARTS ? PARTS : (int) passed);
    }

    private void clear(int parts) {
        for (int i = 0; i < parts; i++) {
            int index = (int) ((part - i) % PARTS);
            answers[index] = 0;
            unknown[index] = 0;
        }
    }

    private static boolean isHalf(int of, int all) {
        return of * 2L >= all;
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    private void tell(boolean opened) {
        if (opened) {
            LOG.error(
                    "{} calls half of all addresses unknown: no more are forgotten. Probably the app, the project or the"
                            + " environment in the settings is not the one that the addresses are of",
                    credential);
        } else {
            LOG.info("{} knows most addresses again: unknown ones are forgotten again", credential);
        }
    }
}
