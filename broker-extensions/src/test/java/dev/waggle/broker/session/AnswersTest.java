package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.testkit.ManualCalls;
import dev.waggle.broker.testkit.People;
import dev.waggle.broker.testkit.ScriptedStore.Submission;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.StoreProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** PROTOCOL §3: what an acknowledgement means, when it is given, and in which order. */
class AnswersTest {
    private final OneClient alice = OneClient.here(People.mqtt5("alice", "phone"));
    private final OneClient old = OneClient.here(People.mqtt3("alice", "phone"));

    @Test
    void publish_stored_acknowledgedWithSeqAfterTheCommit() {
        alice.publish("u/alice/out/d/bob", "hi", 1, 5);
        assertThat(alice.connection.acknowledgements).isEmpty();

        alice.store.next().sent(17);
        alice.run();
        assertThat(alice.answer()).isEqualTo(new Acknowledgement(5, 1, 0, null, 17L));
        assertThat(alice.delivered()).isEmpty();
    }

    @Test
    void publish_mqtt3WithId_sentSaysSeq() {
        old.publish("u/alice/out/d/bob/k1", "hi", 1, 5);
        old.store.next().sent(17);
        old.run();
        assertThat(old.answer()).isEqualTo(new Acknowledgement(5, 1, 0, null, null));
        assertThat(old.delivered()).containsExactly("u/alice/sent/d/bob/k1 {\"seq\":17,\"ts\":1017}");
    }

    @Test
    void publish_withoutId_noSuccessOnSent() {
        old.publish("u/alice/out/d/bob", "hi", 1, 5);
        old.store.next().sent(17);
        alice.publish("u/alice/out/d/bob", "hi", 0, 0);
        alice.store.next().sent(18);
        old.run();
        alice.run();
        assertThat(old.delivered()).isEmpty();
        assertThat(alice.delivered()).isEmpty();
        assertThat(alice.connection.acknowledgements).isEmpty();
    }

    @Test
    void publish_sentAndSubscriptionWithQos0_copyWithoutPacketId() {
        OneClient other = new OneClient(People.mqtt3("alice", "phone"));
        other.store.openTransient();
        other.run();
        other.subscribe(dev.waggle.spec.message.Filter.of("u/alice/sent/#", 0));
        other.publish("u/alice/out/d/bob/k1", "hi", 1, 5);
        other.store.next().sent(1);
        other.run();
        assertThat(other.connection.deliveries)
                .singleElement()
                .satisfies(sent -> assertThat(sent.qos()).isZero());
    }

    @Test
    void publish_keys_eitherWayTheSame() {
        alice.publish("u/alice/out/d/bob/k1", "hi", 1, 5);
        alice.publish(
                People.publish("u/alice/out/d/bob", Bytes.utf8("hi"), 1, 6, MessageProperties.NONE, Bytes.utf8("k1")));
        alice.publish(People.publish(
                "u/alice/out/d/bob/k1", Bytes.utf8("hi"), 1, 7, MessageProperties.NONE, Bytes.utf8("k1")));
        alice.publish("u/alice/out/d/bob", "hi", 1, 8);
        assertThat(alice.store.submissions)
                .extracting(submission -> ((Command.SendMessage) submission.command()).key())
                .containsExactly(key("k1"), key("k1"), key("k1"), null);
    }

    private static SendKey key(String text) {
        return new SendKey(Bytes.utf8(text));
    }

    @Test
    void publish_ordinaryTopicAllowed_goesToTheHost() {
        assertThat(alice.publish("open/x", "hi", 1, 5)).isFalse();
        assertThat(alice.connection.acknowledgements).isEmpty();
    }

    @Property(tries = 100)
    void answers_anyOrderOfCompletion_leaveInTheOrderOfThePublishes(@ForAll long seed) {
        Random random = new Random(seed);
        OneClient client = OneClient.here(People.mqtt5("alice", "phone"));
        int count = 1 + random.nextInt(40);
        for (int id = 1; id <= count; id++) {
            switch (random.nextInt(3)) {
                case 0 -> client.publish("u/alice/out/d/bob", "hi", 1, id);
                case 1 -> client.publish("u/alice/nonsense", "hi", 1, id);
                default -> client.publish("u/alice/call/me", "{}", 1, id);
            }
            if (random.nextInt(3) == 0) {
                complete(client, random);
            }
        }
        while (!client.store.submissions.isEmpty() || !client.calls.calls.isEmpty()) {
            complete(client, random);
        }
        assertThat(client.connection.acknowledgements)
                .extracting(Acknowledgement::packetId)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, count).boxed().toList());
    }

    private static void complete(OneClient client, Random random) {
        List<Runnable> ways = new ArrayList<>();
        for (Submission submission : client.store.submissions) {
            ways.add(() -> submission.sent(1));
        }
        for (ManualCalls.Call call : client.calls.calls) {
            ways.add(() -> call.answer("{}"));
        }
        client.store.submissions.clear();
        client.calls.calls.clear();
        Collections.shuffle(ways, random);
        ways.forEach(Runnable::run);
        client.run();
    }

    @Test
    void publish_storeFailed_mqtt5HearsItAndGoesOn() {
        alice.publish("u/alice/out/d/bob", "hi", 1, 5);
        alice.store.next().fail();
        alice.run();
        assertThat(alice.answer().reasonCode()).isEqualTo(0x80);
        assertThat(alice.connection.ended).isZero();
        assertThat(alice.connection.reading).isTrue();
    }

    @Test
    void publish_storeFailedMqtt3WithKey_pausedAndTriedAgainByUs() {
        old.store.problems = List.of(new StoreProblem("disk", "full"));
        old.publish("u/alice/out/d/bob/k1", "hi", 1, 5);
        old.store.next().fail();
        old.run();
        assertThat(old.connection.acknowledgements).isEmpty();
        assertThat(old.connection.reading).isFalse();

        old.pass(3_000);
        assertThat(old.store.submissions).isEmpty();
        old.store.problems = List.of();
        old.pass(1_000);
        old.store.next().sent(3);
        old.run();
        assertThat(old.answer()).isEqualTo(new Acknowledgement(5, 1, 0, null, null));
        assertThat(old.connection.reading).isTrue();
        assertThat(old.connection.ended).isZero();
    }

    @Test
    void publish_storeFailedMqtt3WithoutKey_closedWhenTheStoreIsWell() {
        old.store.problems = List.of(new StoreProblem("disk", "full"));
        old.publish("u/alice/out/d/bob", "hi", 1, 5);
        old.store.next().fail();
        old.run();
        old.pass(5_000);
        assertThat(old.connection.ended).isZero();
        old.store.problems = List.of();
        old.pass(100);
        assertThat(old.connection.ended).isEqualTo(0x80);
        assertThat(old.connection.acknowledgements).isEmpty();
        assertThat(old.store.submissions).isEmpty();
    }

    @Test
    void publish_storeStaysBrokenMqtt3_closedAfterThirtySeconds() {
        old.store.problems = List.of(new StoreProblem("disk", "full"));
        old.publish("u/alice/out/d/bob/k1", "hi", 1, 5);
        old.store.next().fail();
        old.run();
        old.pass(29_900);
        assertThat(old.connection.ended).isZero();
        old.pass(200);
        assertThat(old.connection.ended).isEqualTo(0x80);
        assertThat(old.connection.acknowledgements).isEmpty();
    }

    @Test
    void publish_laneFull_readingPausesAndItIsTriedAgain() {
        alice.store.full = true;
        alice.publish("u/alice/out/d/bob", "hi", 1, 5);
        assertThat(alice.connection.reading).isFalse();
        alice.pass(500);
        alice.store.full = false;
        alice.pass(50);
        assertThat(alice.connection.reading).isTrue();
        alice.store.next().sent(1);
        alice.run();
        assertThat(alice.answer().reasonCode()).isZero();
    }

    @Test
    void publish_laneFullForASecond_mqtt5RefusedMqtt3Waits() {
        alice.store.full = true;
        old.store.full = true;
        alice.publish("u/alice/out/d/bob", "hi", 1, 5);
        old.publish("u/alice/out/d/bob", "hi", 1, 5);
        alice.pass(950);
        assertThat(alice.connection.acknowledgements).isEmpty();
        alice.pass(150);
        assertThat(alice.answer().reasonCode()).isEqualTo(0x97);
        assertThat(alice.connection.reading).isTrue();

        old.pass(29_900);
        assertThat(old.connection.acknowledgements).isEmpty();
        assertThat(old.connection.reading).isFalse();
        assertThat(old.connection.ended).isZero();
        old.pass(200);
        assertThat(old.connection.ended).isNotZero();
    }

    @Test
    void publish_overTheRate_mqtt5RefusedAtOnceMqtt3Paused() {
        for (int id = 1; id <= 101; id++) {
            alice.publish("u/alice/out/d/bob", "hi", 1, id);
            old.publish("u/alice/out/d/bob", "hi", 1, id);
            answerAll(alice);
            answerAll(old);
        }
        assertThat(alice.connection.acknowledgements.get(100).reasonCode()).isEqualTo(0x97);
        assertThat(alice.connection.acknowledgements.get(99).reasonCode()).isZero();
        assertThat(alice.connection.reading).isTrue();

        assertThat(old.connection.acknowledgements).hasSize(100);
        assertThat(old.connection.reading).isFalse();
        old.pass(50);
        answerAll(old);
        assertThat(old.connection.acknowledgements).hasSize(101);
        assertThat(old.connection.reading).isTrue();
    }

    private static void answerAll(OneClient client) {
        List<Submission> all = List.copyOf(client.store.submissions);
        client.store.submissions.clear();
        all.stream()
                .filter(submission -> submission.command() instanceof Command.SendMessage)
                .forEach(submission -> submission.sent(1));
        client.run();
    }

    @Test
    void publish_sixtyFourUnanswered_mqtt3PausesMqtt5IsEndedAbove() {
        for (int id = 1; id <= 63; id++) {
            old.publish("u/alice/out/d/bob", "hi", 1, id);
            alice.publish("u/alice/out/d/bob", "hi", 1, id);
        }
        assertThat(old.connection.reading).isTrue();
        old.publish("u/alice/out/d/bob", "hi", 1, 64);
        alice.publish("u/alice/out/d/bob", "hi", 1, 64);
        assertThat(old.connection.reading).isFalse();
        assertThat(alice.connection.reading).isTrue();
        old.store.next().sent(1);
        old.run();
        assertThat(old.connection.reading).isTrue();

        assertThat(alice.connection.ended).isZero();
        alice.publish("u/alice/out/d/bob", "hi", 1, 65);
        assertThat(alice.connection.ended).isEqualTo(0x93);
    }

    @Test
    void publish_qos0Flood_readingPausesInMqtt5Too() {
        for (int i = 0; i < 64; i++) {
            alice.publish("u/alice/out/d/bob", "hi", 0, 0);
        }
        assertThat(alice.connection.reading).isFalse();
        answerAll(alice);
        assertThat(alice.connection.reading).isTrue();
    }

    @Test
    void stop_whatWasNotStored_isNotAnswered() {
        alice.publish("u/alice/out/d/bob", "one", 1, 1);
        alice.publish("u/alice/out/d/bob", "two", 1, 2);
        alice.host.stop();
        alice.store.next().sent(1);
        alice.store.next().fail();
        alice.run();
        assertThat(alice.answer().packetId()).isEqualTo(1);
        assertThat(alice.connection.ended).isEqualTo(0x8B);
    }

    @Test
    void call_answered_replyOnTheDefaultTopicThenAcknowledged() {
        alice.publish(People.publish(
                "u/alice/call/group.create/c1", Bytes.utf8("{}"), 1, 5, MessageProperties.NONE, Bytes.utf8("c1")));
        ManualCalls.Call call = alice.calls.next();
        assertThat(call.method()).isEqualTo("group.create");
        assertThat(call.key()).isEqualTo(key("c1"));
        assertThat(alice.connection.acknowledgements).isEmpty();
        call.answer("{\"group\":\"g\"}");
        alice.run();
        assertThat(alice.answer()).isEqualTo(new Acknowledgement(5, 1, 0, null, null));
        assertThat(alice.connection.take()).singleElement().satisfies(reply -> {
            assertThat(reply.topic()).isEqualTo("u/alice/reply/group.create/c1");
            assertThat(reply.correlation()).isEqualTo(Bytes.utf8("c1"));
            assertThat(reply.qos()).isEqualTo(1);
            assertThat(reply.packetId()).isBetween(65_024, 65_535);
        });
    }

    @Test
    void call_responseTopic_onlyBelowOwnReply() {
        alice.publish(call("u/alice/reply/mine/too"));
        alice.publish(call("u/bob/reply/x"));
        alice.publish(call("u/alice/in/d/bob"));
        alice.publish(call("u/alice/reply/#"));
        while (!alice.calls.calls.isEmpty()) {
            alice.calls.next().answer("{}");
        }
        alice.run();
        assertThat(alice.delivered())
                .containsExactly(
                        "u/alice/reply/mine/too {}",
                        "u/alice/reply/me {}",
                        "u/alice/reply/me {}",
                        "u/alice/reply/me {}");
    }

    private static InboundPublish call(String responseTopic) {
        return new InboundPublish(
                "u/alice/call/me", Bytes.EMPTY, 0, 0, false, false, MessageProperties.NONE, null, responseTopic);
    }

    @Test
    void reply_receiveMaximumOne_oneAtATime() {
        OneClient narrow = OneClient.here(People.profile("alice", "phone", true, false, 3_600, 1, 268_435_460, true));
        narrow.publish("u/alice/call/a", "{}", 1, 1);
        narrow.publish("u/alice/call/b", "{}", 1, 2);
        narrow.calls.next().answer("1");
        narrow.calls.next().answer("2");
        narrow.run();
        assertThat(narrow.connection.deliveries).hasSize(1);
        assertThat(narrow.dialogue.acknowledged(
                        narrow.connection.deliveries.get(0).packetId()))
                .isTrue();
        narrow.run();
        assertThat(narrow.delivered()).containsExactly("u/alice/reply/a 1", "u/alice/reply/b 2");
    }

    @Test
    void reply_aboveMaximumPacketSize_errorInstead() {
        OneClient narrow = OneClient.here(People.profile("alice", "phone", true, false, 3_600, 10, 150, true));
        narrow.publish("u/alice/call/a", "{}", 1, 1);
        narrow.calls.next().answer("x".repeat(200));
        narrow.run();
        assertThat(narrow.delivered())
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("u/alice/reply/a {\"error\":{\"code\":\"too-large\""));
    }

    @Test
    void calls_moreThanEightAtOnce_theOthersWait() {
        for (int id = 1; id <= 10; id++) {
            alice.publish("u/alice/call/me", "{}", 1, id);
        }
        assertThat(alice.calls.calls).hasSize(8);
        alice.calls.next().answer("{}");
        alice.run();
        assertThat(alice.calls.calls).hasSize(8);
        assertThat(alice.connection.acknowledgements).hasSize(1);
    }
}
