package dev.waggle.broker.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.moderation.Report.Action;
import dev.waggle.broker.moderation.Report.Cause;
import dev.waggle.broker.moderation.Report.Closing;
import dev.waggle.broker.moderation.Report.State;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportQueueTest {
    private static final UserId BOB = new UserId("bob");
    private static final ConversationId TALK = ConversationId.direct(BOB, new UserId("mallory"));
    private static final long HOUR = 3_600_000;

    private final ReportQueue queue = new ReportQueue(40);

    private static Report report(String id, long at, UserId by) {
        return new Report(id, at, by, by == null ? Cause.WORD : Cause.USER, TALK, "spam", Bytes.EMPTY, List.of(), null);
    }

    private static Report closed(Report report) {
        return report.closed(new Closing(State.RESOLVED, BOB, report.at(), Action.NONE, ""));
    }

    private static Refusal of(Rejection rejection) {
        return rejection == null ? null : rejection.refusal();
    }

    @Test
    void list_isInOrderOfTime_andGoesOnBehindAReport() {
        queue.put(report("b", 2, BOB));
        queue.put(report("a", 3, BOB));
        queue.put(report("c", 1, BOB));
        queue.put(closed(report("b", 2, BOB)));

        assertThat(queue.list(one -> true, null, 2)).extracting(Report::id).containsExactly("c", "b");
        assertThat(queue.list(one -> true, "b", 2)).extracting(Report::id).containsExactly("a");
        assertThat(queue.list(one -> one.state() == State.OPEN, null, 9))
                .extracting(Report::id)
                .containsExactly("c", "a");
        assertThat(queue.open()).isEqualTo(2);
    }

    @Test
    void oneUser_reportsTenTimesAnHour_andHasTwentyWaiting() {
        for (int i = 0; i < 10; i++) {
            queue.put(report("a" + i, 1, BOB));
        }
        assertThat(of(queue.refusal(BOB, 1))).isEqualTo(Refusal.RATE_LIMITED);
        assertThat(queue.refusal(new UserId("carol"), 1)).isNull();
        assertThat(queue.refusal(BOB, HOUR + 2)).isNull();
        for (int i = 0; i < 10; i++) {
            queue.put(report("b" + i, HOUR, BOB));
        }
        assertThat(of(queue.refusal(BOB, 3 * HOUR))).isEqualTo(Refusal.QUOTA);
        queue.put(closed(report("b1", HOUR, BOB)));
        assertThat(queue.refusal(BOB, 3 * HOUR)).isNull();
    }

    @Test
    void rules_takeHalfOfTheQueue_usersAllOfIt() {
        for (int i = 0; i < 20; i++) {
            queue.put(report("r" + i, 1, null));
        }
        assertThat(of(queue.refusal(null, 1))).isEqualTo(Refusal.QUOTA);
        for (int i = 0; i < 20; i++) {
            assertThat(queue.refusal(new UserId("u" + i), 1)).isNull();
            queue.put(report("u" + i, 1, new UserId("u" + i)));
        }
        assertThat(of(queue.refusal(new UserId("carol"), 1))).isEqualTo(Refusal.QUOTA);
    }

    @Test
    void closedOnes_beyondAThousand_areSurplus_theOldestFirst() {
        for (int i = 0; i < ReportQueue.MOST_CLOSED + 3; i++) {
            queue.put(closed(report("c" + i, i, BOB)));
        }
        queue.put(report("open", 0, BOB));

        assertThat(queue.surplus()).containsExactly("c0", "c1", "c2");
    }
}
