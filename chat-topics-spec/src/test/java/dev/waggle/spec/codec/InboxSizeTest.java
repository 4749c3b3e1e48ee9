package dev.waggle.spec.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.OwnSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A usual inbox of 1,000 conversations fits into one answer: 60 KB as CBOR, 100 KB as JSON. */
class InboxSizeTest {
    private static final long TIME = 1_790_000_000_000L;

    @Test
    void thousandConversations_areSmall() {
        Random random = new Random(7);
        List<CallResult.Conversation> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            long last = 1 + random.nextInt(500);
            boolean read = random.nextInt(4) > 0;
            long readUpTo = read ? last : random.nextInt((int) last);
            lines.add(new CallResult.Conversation(
                    new ConversationName.Peer(new UserId("user" + (1_000 + i))),
                    last,
                    TIME + i,
                    random.nextInt(8) == 0 ? readUpTo : last,
                    readUpTo,
                    read ? 0 : last - readUpTo,
                    0,
                    OwnSettings.Level.ALL));
        }
        CallResult.Inbox inbox = new CallResult.Inbox(lines, null);

        assertThat(CallJson.write(inbox, JsonForm.CBOR).size()).isLessThanOrEqualTo(60_000);
        assertThat(CallJson.write(inbox, JsonForm.JSON).size()).isLessThanOrEqualTo(100_000);
        for (JsonForm form : JsonForm.values()) {
            int sum = lines.stream().mapToInt(line -> CallJson.size(line, form)).sum();
            assertThat(CallJson.write(inbox, form).size()).isBetween(sum - 1_100, sum + 100);
        }
    }
}
