package dev.waggle.broker.session;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.outbound.Errands;
import dev.waggle.broker.outbound.Outflow;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import java.util.List;

/**
 * What one session must learn after the store was opened again: a write that failed may have become durable all the
 * same, and nobody was told of its entries and revocations. The answer to a change of no filter says both.
 */
@RunsOn("connection")
final class CatchUp {
    private final Connection connection;
    private final Errands errands;
    private final Outflow outflow;
    private final SessionDoors doors;
    private boolean due;

    CatchUp(Connection connection, Errands errands, Outflow outflow, SessionDoors doors) {
        this.connection = connection;
        this.errands = errands;
        this.outflow = outflow;
        this.doors = doors;
    }

    /** Something may have been missed. */
    void begin() {
        due = true;
        work();
    }

    /** Asks, if the lane takes the question; else the next tick does. */
    void work() {
        if (!due) {
            return;
        }
        Command question = new Command.ChangeFilters(
                connection.profile().identity().user(),
                null,
                List.of(),
                List.of(),
                doors.clock().millis());
        due = !doors.store().submit(connection, question, outcome -> errands.add(() -> answered(outcome)));
    }

    boolean isWaiting() {
        return due;
    }

    private void answered(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted && accepted.reply() instanceof Reply.FiltersChanged now) {
            outflow.caughtUp(now);
        } else {
            due = true;
        }
    }
}
