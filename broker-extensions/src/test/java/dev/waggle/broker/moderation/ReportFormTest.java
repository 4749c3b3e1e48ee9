package dev.waggle.broker.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.moderation.Report.Action;
import dev.waggle.broker.moderation.Report.Cause;
import dev.waggle.broker.moderation.Report.Closing;
import dev.waggle.broker.moderation.Report.Evidence;
import dev.waggle.broker.moderation.Report.State;
import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.MessageProperties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportFormTest {
    private static final UserId LONG = new UserId("u".repeat(64));
    private static final UserId OTHER = new UserId("v".repeat(64));
    private static final ConversationId TALK = ConversationId.direct(LONG, OTHER);

    private static Report largest() {
        List<Event.LogEntry> messages = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            messages.add(new Event.MessageStored(
                    TALK,
                    Long.MAX_VALUE - i,
                    Long.MAX_VALUE,
                    new Author(LONG, OTHER),
                    null,
                    new MessageProperties("\u20ac".repeat(300), true, 0, List.of()),
                    Bytes.wrap(new byte[65_536])));
        }
        return new Report(
                "a".repeat(14),
                Long.MAX_VALUE,
                LONG,
                Cause.USER,
                TALK,
                "\ud83d\udc4d".repeat(500),
                Bytes.wrap(new byte[16]),
                Exhibits.of(messages, SeqRanges.of(1, Long.MAX_VALUE)),
                new Closing(State.DISMISSED, OTHER, Long.MAX_VALUE, Action.BAN, "\u20ac".repeat(500)));
    }

    @Test
    void largestReport_fitsIntoARecord_andComesBack() {
        Report report = largest();
        Bytes value = ReportForm.encode(report);

        assertThat(value.size()).isLessThanOrEqualTo(Command.PutRecord.MAX_VALUE_BYTES);
        assertThat(ReportForm.decode(report.id(), value).get()).isEqualTo(report);
        assertThat(report.evidence()).hasSize(20);
        assertThat(report.evidence().stream().mapToInt(one -> one.body().size()).sum())
                .isEqualTo(Exhibits.BODY_BYTES);
        assertThat(report.evidence()).extracting(Evidence::size).containsOnly(65_536);
    }

    @Test
    void tornReport_isAReason_notAnException() {
        byte[] value = ReportForm.encode(largest()).shared();
        for (int length = 0; length < 600; length++) {
            assertThat(ReportForm.decode("a", Bytes.wrap(Arrays.copyOf(value, length)))
                            .isOk())
                    .isFalse();
        }
    }
}
