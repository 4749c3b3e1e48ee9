package dev.waggle.broker.inbound;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.Collection;

/**
 * What a client is not told: its publish failed, but a repeat may help (PROTOCOL §3, {@link Answers#mustHold}). With a key
 * or a kept packet id the repeat is ours; without either only the client may make it, so the connection ends as soon as
 * the store is well again. After 30 s it ends in any case.
 */
@RunsOn("connection")
final class Holding {
    static final Rejection STORE_FAILED = Rejection.of(
            Refusal.FAILED, "the store failed: it may or may not be stored; send it again with the same key");

    static final long LONGEST_MILLIS = 30_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Connection connection;
    private final InboundDoors doors;

    Holding(Connection connection, InboundDoors doors) {
        this.connection = connection;
        this.doors = doors;
    }

    /** Tries again, in order, what failed. */
    void tick(Collection<Exchange> unanswered, Answers answers) {
        long now = doors.clock().millis();
        for (Exchange exchange : unanswered) {
            if (exchange.stage == Exchange.Stage.READY && answers.mustHold(exchange)) {
                if (now - exchange.since > LONGEST_MILLIS) {
                    end(exchange);
                    return;
                }
                if (now - exchange.failedAt >= PAUSE_MILLIS && !again(exchange)) {
                    return;
                }
            }
        }
    }

    private boolean again(Exchange exchange) {
        if (!doors.store().problems().isEmpty()) {
            return false;
        }
        if (!(exchange.work instanceof Intake.ForStore work) || !work.mayRepeat()) {
            end(exchange);
            return false;
        }
        exchange.stage = Exchange.Stage.UNDER_WAY;
        if (doors.store().submit(connection, exchange.command(work), exchange)) {
            return true;
        }
        exchange.stage = Exchange.Stage.READY;
        return false;
    }

    private void end(Exchange exchange) {
        Rejection why = exchange.rejection == null ? STORE_FAILED : exchange.rejection;
        connection.disconnect(why.mqttReason(), why.message());
    }
}
