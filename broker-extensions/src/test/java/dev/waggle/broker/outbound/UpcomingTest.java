package dev.waggle.broker.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.MessageProperties;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits to go out follows what was said of it since: nothing goes out as it was before an edit or a deletion. */
class UpcomingTest {
    private static final ConversationId TEAM = ConversationId.group(new GroupId("team"));
    private static final Author BOB = Author.of(new UserId("bob"));

    private final Upcoming upcoming = new Upcoming();

    @Test
    void messages_thatWait_areEditedAndErasedInPlace() {
        upcoming.begin(0, 0);
        arrive(1, message(TEAM, 1, "one"));
        arrive(2, message(TEAM, 2, "two"));
        arrive(3, message(ConversationId.group(new GroupId("other")), 1, "elsewhere"));
        arrive(4, edit(3, 1, "edited"));
        arrive(5, edit(4, 1, "again"));
        arrive(6, delete(5, 2, 2));

        assertThat(texts()).containsExactly("again", "erased", "elsewhere", "erased edit", "edit again", "delete");
    }

    @Test
    void deletion_ofAnEditedMessage_erasesTheEditToo() {
        upcoming.begin(0, 0);
        arrive(1, message(TEAM, 1, "one"));
        arrive(2, edit(2, 1, "edited"));
        arrive(3, delete(3, 1, 1));

        assertThat(texts()).containsExactly("erased", "erased edit", "delete");
    }

    @Test
    void page_readBeforeADeletion_isCorrected() {
        upcoming.begin(0, 2);
        assertThat(upcoming.startReading()).isTrue();
        arrive(3, delete(3, 1, 1));
        upcoming.page(List.of(
                new InboxItem.Entry(1, message(TEAM, 1, "one")), new InboxItem.Entry(2, message(TEAM, 2, "two"))));

        assertThat(texts()).containsExactly("erased", "two", "delete");
    }

    @Test
    void page_duringWhichTooMuchChanged_isReadAgain() {
        upcoming.begin(0, 1);
        assertThat(upcoming.startReading()).isTrue();
        for (int i = 0; i <= Upcoming.PAGE_ITEMS; i++) {
            arrive(2 + i, edit(2 + i, 1, "edit " + i));
        }
        upcoming.page(List.of(new InboxItem.Entry(1, message(TEAM, 1, "one"))));

        assertThat(texts()).isEmpty();
        assertThat(upcoming.startReading()).isTrue();
        upcoming.page(List.of(new InboxItem.Entry(1, message(TEAM, 1, "edited"))));
        assertThat(texts()).first().isEqualTo("edited");
    }

    @Test
    void again_dropsWhatWaits_andThePageBeingRead() {
        upcoming.begin(0, 1);
        assertThat(upcoming.startReading()).isTrue();
        upcoming.page(List.of(new InboxItem.Entry(1, message(TEAM, 1, "one"))));
        upcoming.endsAt(2);
        assertThat(upcoming.startReading()).isTrue();
        upcoming.again(0, 2);
        upcoming.page(List.of(new InboxItem.Entry(2, message(TEAM, 2, "two"))));
        assertThat(texts()).isEmpty();
        assertThat(upcoming.startReading()).isTrue();
        upcoming.page(List.of(
                new InboxItem.Entry(1, message(TEAM, 1, "edited")), new InboxItem.Entry(2, message(TEAM, 2, "two"))));

        assertThat(texts()).containsExactly("edited", "two");
    }

    private void arrive(long position, Event.LogEntry entry) {
        upcoming.arrived(position, entry, true);
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        InboxItem item = upcoming.peek();
        while (item != null) {
            texts.add(text(((InboxItem.Entry) item).entry()));
            upcoming.remove();
            item = upcoming.peek();
        }
        return texts;
    }

    private static String text(Event.LogEntry entry) {
        if (entry instanceof Event.MessageStored message) {
            return message.body().asUtf8();
        }
        if (entry instanceof Event.MessageEdited edit) {
            return "edit " + edit.body().asUtf8();
        }
        if (entry instanceof Event.MessageErased erased) {
            return erased.edit() ? "erased edit" : "erased";
        }
        return "delete";
    }

    private static Event.MessageStored message(ConversationId conversation, long seq, String body) {
        return new Event.MessageStored(conversation, seq, seq, BOB, null, MessageProperties.NONE, Bytes.utf8(body));
    }

    private static Event.MessageEdited edit(long seq, long target, String body) {
        return new Event.MessageEdited(TEAM, seq, seq, BOB, null, target, 0, Bytes.utf8(body));
    }

    private static Event.MessagesDeleted delete(long seq, long from, long to) {
        return new Event.MessagesDeleted(TEAM, seq, seq, BOB, null, SeqRanges.of(from, to));
    }
}
