package dev.waggle.broker.inbound;

import dev.waggle.broker.inbound.ReadingGate.Cause;
import dev.waggle.spec.RunsOn;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Slows down what has no answer that could say 'too often', and who does not heed such answers: nothing is read from the
 * connection until it may go on. Nothing is lost by that.
 */
@RunsOn("connection")
public final class Brake {
    /** A keep-alive may be as short as some seconds; then the client finds its pings unanswered and comes again. */
    private static final long LONGEST_MILLIS = 30_000;

    private final ReadingGate gate;
    private final InstantSource clock;
    private long until;

    public Brake(ReadingGate gate, InstantSource clock) {
        this.gate = gate;
        this.clock = clock;
    }

    /** @param over null: it may go on at once */
    public void pull(@Nullable OverLimit over) {
        if (over != null) {
            until = clock.millis() + Math.min(over.millis(), LONGEST_MILLIS);
            gate.set(Cause.SLOWED, true);
        }
    }

    public boolean isOn() {
        return until != 0;
    }

    /** Lets go when it is time. */
    public void work() {
        long now = clock.millis();
        if (until != 0 && (now >= until || now < until - LONGEST_MILLIS)) {
            until = 0;
            gate.set(Cause.SLOWED, false);
        }
    }
}
