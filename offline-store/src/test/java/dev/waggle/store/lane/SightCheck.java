package dev.waggle.store.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.store.Reads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the queries answer to one user, against {@link SightModel}. */
final class SightCheck {
    private final StoreRig rig;
    private final Map<ConversationId, SightModel> models;
    private final Set<String> blocks;
    private int compared;

    SightCheck(StoreRig rig, Map<ConversationId, SightModel> models, Set<String> blocks) {
        this.rig = rig;
        this.models = models;
        this.blocks = blocks;
    }

    /** Messages that were compared. */
    int compared() {
        return compared;
    }

    void check(UserId user, String where) {
        models.keySet().forEach(conversation -> checkHistory(user, conversation, where + " in " + conversation));
        checkSummaries(user, where);
        checkMarks(user, where);
    }

    private void checkHistory(UserId user, ConversationId conversation, String where) {
        Answer<Reads.HistoryPage> answer = rig.store()
                .reads()
                .history(user, conversation, null, 0L, 200)
                .toCompletableFuture()
                .join();
        Map<Long, String> expected = models.get(conversation).seen(user, rig.clock.millis());
        if (!(answer instanceof Answer.Given<Reads.HistoryPage> given)) {
            assertThat(expected).as(where).isNull();
            return;
        }
        Map<Long, String> seen = new TreeMap<>();
        for (Event.LogEntry entry : given.value().entries()) {
            if (entry instanceof Event.MessageStored message) {
                seen.put(message.seq(), message.body().asUtf8());
            }
        }
        assertThat(seen).as(where).isEqualTo(expected);
        assertThat(given.value().last()).as(where).isEqualTo(models.get(conversation).last);
        compared += seen.size();
    }

    /** A conversation of which one sees nothing need not be told of. */
    private void checkSummaries(UserId user, String where) {
        Map<ConversationId, Reads.ConversationSummary> told = new HashMap<>();
        rig.store()
                .reads()
                .inbox(user, null, null, 10)
                .toCompletableFuture()
                .join()
                .conversations()
                .forEach(line -> told.put(line.conversation().of(user), line));
        for (ConversationId conversation : models.keySet()) {
            SightModel model = models.get(conversation);
            SightModel.Place place = model.people.get(user);
            Reads.ConversationSummary line = told.get(conversation);
            if (place == null || line == null) {
                assertThat(line).as(where).isNull();
                assertThat(place == null ? 0 : model.unread(user, rig.clock.millis()))
                        .as(where)
                        .isZero();
            } else {
                assertThat(line.unread()).as(where + " unread").isEqualTo(model.unread(user, rig.clock.millis()));
                assertThat(line.read()).as(where + " read").isEqualTo(place.read);
                assertThat(line.delivered()).as(where + " delivered").isEqualTo(place.delivered);
            }
        }
    }

    private void checkMarks(UserId user, String where) {
        Map<String, List<Long>> told = new TreeMap<>();
        rig.store()
                .reads()
                .marks(user, 0, null, 32)
                .toCompletableFuture()
                .join()
                .changed()
                .forEach(page -> page.marks().forEach((other, mark) -> {
                    if (!other.equals(user)) {
                        told.put(
                                page.conversation().of(user) + " " + other,
                                List.of(mark.shownDelivered(), mark.shownRead()));
                    }
                }));
        Map<String, List<Long>> expected = new TreeMap<>();
        models.forEach((conversation, model) -> model.people.forEach((other, place) -> {
            if (model.people.containsKey(user)
                    && !other.equals(user)
                    && place.told
                    && !blocks.contains(user + ">" + other)) {
                expected.put(conversation + " " + other, List.of(place.shownDelivered, place.shownRead));
            }
        }));
        assertThat(told).as(where + " marks").isEqualTo(expected);
    }
}
