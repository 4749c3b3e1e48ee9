package dev.waggle.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random commands against a model that keeps plain sets and counts. */
class ConversationModelTest {
    private static final List<UserId> PEOPLE = List.of(new UserId("ann"), new UserId("ben"));

    @Test
    void randomMessages_oneToOne_areNumberedWithoutHolesAndKeysHold() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Talk talk = new Talk(ConversationId.direct(PEOPLE.get(0), PEOPLE.get(1)));
            Map<String, Long> seqs = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                talk.now += random.nextInt(20) - 5;
                UserId from = PEOPLE.get(random.nextInt(2));
                String key = "k" + random.nextInt(20);
                ConversationDecision.Accepted accepted = talk.accepted(talk.message(from, key, key));
                Long before = seqs.putIfAbsent(from + key, talk.state.lastSeq());
                assertThat(accepted.entry() == null).as("seed %d", seed).isEqualTo(before != null);
            }
            assertThat(talk.log).hasSize(seqs.size());
            checkLog(talk, "seed " + seed);
        }
    }

    static void checkLog(Talk talk, String where) {
        ConversationState replayed = ConversationState.none(talk.state.id());
        long ts = 0;
        for (Event.LogEntry entry : talk.log) {
            assertThat(entry.seq()).as(where).isEqualTo(replayed.lastSeq() + 1);
            assertThat(entry.ts()).as(where).isGreaterThanOrEqualTo(ts);
            ts = entry.ts();
            replayed = ConversationRules.apply(replayed, entry);
        }
        assertThat(replayed).as(where).isEqualTo(talk.state);
    }
}
