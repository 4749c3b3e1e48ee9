package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.testkit.People;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.StoreProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** QoS 2 sends: PUBREC stands where PUBACK is written, and a packet id is taken until PUBREL. */
class ExactlyOnceTest {
    private static final String OUT = "u/alice/out/d/bob";

    private final OneClient alice = durable(true);

    private static OneClient durable(boolean mqtt5, Integer... openPackets) {
        OneClient client = new OneClient(mqtt5 ? People.mqtt5("alice", "phone") : People.mqtt3("alice", "phone"));
        client.store.openDurable(openPackets);
        client.run();
        return client;
    }

    @Test
    void publish_stored_pubrecThenReleaseOnDiskThenPubcomp() {
        alice.publish(OUT, "hi", 2, 5);
        assertThat(((Command.SendMessage) alice.store.submissions.get(0).command()).qos2PacketId())
                .isEqualTo(5);
        alice.store.next().sent(1);
        alice.run();
        assertThat(alice.answer()).isEqualTo(new Acknowledgement(5, 2, 0, null, 1L));

        assertThat(alice.dialogue.released(5)).isTrue();
        alice.run();
        assertThat(alice.connection.completed).isEmpty();
        assertThat(alice.store.submissions.get(0).command()).isInstanceOf(Command.ReleasePacket.class);
        alice.store.next().accept(new Reply.Done());
        alice.run();
        assertThat(alice.connection.completed).containsExactly(5);
        assertThat(alice.dialogue.released(5)).isFalse();
    }

    @Test
    void publish_idTaken_answeredAgainWithoutStoring() {
        alice.publish(OUT, "hi", 2, 5);
        alice.publish(OUT, "hi", 2, 5);
        assertThat(alice.store.submissions).hasSize(1);
        alice.store.next().sent(1);
        alice.run();
        alice.publish(OUT, "hi", 2, 5);
        assertThat(alice.store.submissions).isEmpty();
        assertThat(alice.connection.acknowledgements)
                .containsExactly(new Acknowledgement(5, 2, 0, null, 1L), new Acknowledgement(5, 2, 0, null, 1L));
    }

    @Test
    void publish_idOfAnEarlierConnection_theStoreAnswersAgain() {
        OneClient back = durable(true, 5);
        back.publish(OUT, "hi", 2, 5);
        back.store.next().sent(7);
        back.run();
        assertThat(back.answer()).isEqualTo(new Acknowledgement(5, 2, 0, null, 7L));
    }

    @Test
    void released_idOfAnEarlierConnection_onDiskFirst() {
        OneClient back = durable(true, 5);
        assertThat(back.dialogue.released(5)).isTrue();
        back.store.next().accept(new Reply.Done());
        back.run();
        assertThat(back.connection.completed).containsExactly(5);
    }

    @Test
    void released_unknownId_isTheHosts() {
        assertThat(alice.dialogue.released(99)).isFalse();
    }

    @Test
    void released_storeFails_triedAgainUntilItIsOnDisk() {
        OneClient back = durable(true, 5);
        back.dialogue.released(5);
        back.store.next().fail();
        back.run();
        back.pass(50);
        assertThat(back.connection.completed).isEmpty();
        back.store.next().accept(new Reply.Done());
        back.run();
        assertThat(back.connection.completed).containsExactly(5);
    }

    @Test
    void publish_refusedMqtt5_leavesTheIdFree() {
        alice.publish(OUT, "hi", 2, 5);
        alice.store.next().reject(Rejection.of(Refusal.NOT_MEMBER, "no"));
        alice.run();
        assertThat(alice.answer().reasonCode()).isEqualTo(0x87);
        assertThat(alice.dialogue.released(5)).isFalse();
        alice.publish(OUT, "other", 2, 5);
        assertThat(alice.store.submissions).hasSize(1);
    }

    @Test
    void publish_refusedMqtt3_completedWithoutTheStore() {
        OneClient old = durable(false);
        old.publish("u/alice/nonsense", "hi", 2, 5);
        assertThat(old.answer()).isEqualTo(new Acknowledgement(5, 2, 0, null, null));
        assertThat(old.dialogue.released(5)).isTrue();
        old.run();
        assertThat(old.connection.completed).containsExactly(5);
        assertThat(old.store.submissions).isEmpty();
    }

    @Test
    void publish_storeFailed_heldUntilTheOutcomeIsKnown() {
        alice.store.problems = List.of(new StoreProblem("disk", "full"));
        alice.publish(OUT, "hi", 2, 5);
        alice.store.next().fail();
        alice.run();
        assertThat(alice.connection.acknowledgements).isEmpty();
        alice.store.problems = List.of();
        alice.pass(1_000);
        alice.store.next().sent(1);
        alice.run();
        assertThat(alice.answer()).isEqualTo(new Acknowledgement(5, 2, 0, null, 1L));
    }

    @Test
    void publish_transientDevice_idTakenInMemory() {
        OneClient passing = OneClient.here(People.mqtt5("alice", "phone"));
        passing.publish(OUT, "hi", 2, 5);
        assertThat(((Command.SendMessage) passing.store.submissions.get(0).command()).qos2PacketId())
                .isNull();
        passing.store.next().sent(1);
        passing.run();
        passing.dialogue.released(5);
        passing.run();
        assertThat(passing.connection.completed).containsExactly(5);
        assertThat(passing.store.submissions).isEmpty();
    }

    @Test
    void publish_neverReleased_endedAboveTheLimit() {
        for (int id = 1; id <= 129 && alice.connection.ended == 0; id++) {
            alice.publish(OUT, "hi", 2, id);
            if (!alice.store.submissions.isEmpty()) {
                alice.store.next().sent(id);
                alice.run();
            }
            alice.pass(50);
        }
        assertThat(alice.connection.ended).isEqualTo(0x93);
    }
}
