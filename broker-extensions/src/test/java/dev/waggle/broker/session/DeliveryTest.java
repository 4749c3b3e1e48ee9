package dev.waggle.broker.session;

import static dev.waggle.broker.session.TestChat.TEAM;
import static dev.waggle.broker.session.TestChat.direct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.session.TestChat.Client;
import dev.waggle.broker.testkit.People;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PROTOCOL §4 on the real store: who gets what, and in what form. */
class DeliveryTest {
    private final TestChat chat = new TestChat();

    @Test
    void publish_oneToOne_reachesThePeerAndMyOtherDevice() {
        Client phone = chat.here(People.mqtt5("alice", "phone"));
        Client laptop = chat.here(People.mqtt5("alice", "laptop"));
        Client bob = chat.here(People.mqtt3("bob", "phone"));
        phone.publish("u/alice/out/d/bob", "hello", 1);

        assertThat(phone.connection.acknowledgements)
                .singleElement()
                .satisfies(answer -> assertThat(answer.seq()).isEqualTo(1));
        assertThat(phone.receiveTopics()).isEmpty();
        assertThat(laptop.receiveTopics()).containsExactly("in/d/bob/alice/1");
        assertThat(bob.connection.deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.payload()).isEqualTo(Bytes.utf8("hello"));
            assertThat(delivery.packetId()).isEqualTo(1_025);
            assertThat(delivery.dup()).isFalse();
        });
        assertThat(bob.receiveTopics()).containsExactly("in/d/alice/alice/1");
    }

    @Test
    void publish_toMyself_reachesMyOtherDevicesOnce() {
        Client phone = chat.here(People.mqtt5("alice", "phone"));
        Client laptop = chat.here(People.mqtt5("alice", "laptop"));
        phone.publish("u/alice/out/d/alice", "note", 1);
        assertThat(phone.receiveTopics()).isEmpty();
        assertThat(laptop.receiveTopics()).containsExactly("in/d/alice/alice/1");
    }

    @Test
    void publish_oneCommit_oneFlushPerConnection() {
        Client alice = chat.here(People.mqtt5("alice", "phone"));
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        int before = bob.connection.flushes;
        for (int id = 1; id <= 10; id++) {
            alice.dialogue.publish(People.publish("u/alice/out/d/bob", "hi", 1, id));
        }
        chat.run();
        assertThat(bob.connection.deliveries).hasSize(10);
        assertThat(bob.connection.flushes - before).isEqualTo(1);
    }

    @Test
    void subscribe_overlappingFilters_oneCopyWithEveryIdentifier() {
        Client bob = chat.connect(People.mqtt5("bob", "phone"));
        bob.subscribe(
                new Filter("u/bob/in/#", 1, false, false, 0, 7),
                new Filter("u/bob/in/d/alice/#", 0, false, false, 0, 9),
                new Filter("u/bob/ev/#", 1, false, false, 0, 11));
        chat.say("alice", direct("alice", "bob"), "hi");
        assertThat(bob.connection.deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.qos()).isEqualTo(1);
            assertThat(delivery.subscriptionIds()).containsExactly(7, 9);
        });
    }

    @Test
    void subscribe_qos0_liveCopiesOnly() {
        chat.say("alice", direct("alice", "bob"), "before");
        Client bob = chat.connect(People.mqtt5("bob", "phone"));
        bob.subscribe(Filter.of("u/bob/#", 0));
        assertThat(bob.peekTopics()).isEmpty();
        chat.say("alice", direct("alice", "bob"), "live");
        assertThat(bob.connection.deliveries).singleElement().satisfies(copy -> {
            assertThat(copy.qos()).isZero();
            assertThat(copy.packetId()).isZero();
        });
        bob.close();
        Client back = chat.connect(People.mqtt5("bob", "phone"));
        assertThat(back.in().waiting()).isZero();
    }

    @Test
    void unsubscribe_laterFilter_doesNotBringBackWhatWasPassedOver() {
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        bob.unsubscribe("u/bob/#");
        chat.say("alice", direct("alice", "bob"), "missed");
        bob.close();
        Client back = chat.connect(People.mqtt5("bob", "phone"));
        chat.say("alice", direct("alice", "bob"), "missed too");
        back.subscribe(Filter.of("u/bob/#", 1));
        assertThat(back.peekTopics()).isEmpty();
        chat.say("alice", direct("alice", "bob"), "heard");
        assertThat(back.receiveTopics()).containsExactly("in/d/alice/alice/3");
    }

    @Test
    void message_properties_travelWithItAndExpiryCountsDown() {
        MessageProperties sent =
                new MessageProperties("text/plain", true, 60, List.of(new UserProperty("mention", "bob")));
        chat.say("alice", direct("alice", "bob"), Bytes.utf8("hi"), sent);
        chat.clock.advance(20_000);
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        assertThat(bob.connection.deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.properties().contentType()).isEqualTo("text/plain");
            assertThat(delivery.properties().utf8()).isTrue();
            assertThat(delivery.properties().user()).isEqualTo(sent.user());
            assertThat(delivery.properties().expirySeconds()).isEqualTo(40);
        });
    }

    @Test
    void message_expired_gapInItsPlace() {
        chat.say("alice", direct("alice", "bob"), "one");
        chat.say("alice", direct("alice", "bob"), Bytes.utf8("two"), new MessageProperties(null, false, 10, List.of()));
        chat.say("alice", direct("alice", "bob"), "three");
        chat.clock.advance(10_000);
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        assertThat(bob.receiveTopics()).containsExactly("in/d/alice/alice/1", "gap/d/alice", "in/d/alice/alice/3");
    }

    @Test
    void message_aboveMaximumPacketSize_gapInItsPlaceAgainUntilAcknowledged() {
        Profile small = People.profile("bob", "phone", true, false, 3_600, 65_535, 128, true);
        Client bob = chat.here(small);
        chat.say("alice", direct("alice", "bob"), "x".repeat(120));
        chat.say("alice", direct("alice", "bob"), "short");
        List<Delivery> first = bob.connection.take();
        assertThat(first).extracting(Delivery::topic).first().isEqualTo("u/bob/gap/d/alice");
        assertThat(first.get(0).payload()).isEqualTo(Bytes.utf8("{\"from\":1,\"to\":1}"));
        bob.acknowledge(first.get(1));
        bob.close();

        Client back = chat.connect(small);
        assertThat(back.receiveTopics()).containsExactly("gap/d/alice");
        back.close();
        assertThat(chat.connect(small).in().waiting()).isZero();
    }

    @Test
    void device_thatNeverAcknowledges_getsAWindowAndHindersNobody() {
        Client mute = chat.here(People.mqtt5("bob", "mute"));
        Client fine = chat.here(People.mqtt5("bob", "fine"));
        for (int i = 0; i < 500; i++) {
            chat.say("alice", direct("alice", "bob"), "hi " + i);
            assertThat(fine.receiveTopics()).containsExactly("in/d/alice/alice/" + (i + 1));
        }
        assertThat(mute.connection.deliveries).hasSize(32);
        assertThat(mute.receiveTopics()).hasSize(500);
    }

    @Test
    void device_thatDoesNotRead_getsNothingUntilItDoes() {
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        bob.connection.writable = false;
        for (int i = 0; i < 200; i++) {
            chat.say("alice", direct("alice", "bob"), "hi");
        }
        assertThat(bob.connection.deliveries).isEmpty();
        bob.connection.writable = true;
        bob.dialogue.writabilityChanged();
        chat.run();
        assertThat(bob.receiveTopics()).hasSize(200);
    }

    @Test
    void acknowledged_unknownIds_areTakenAndIgnored() {
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        chat.say("alice", direct("alice", "bob"), "hi");
        assertThat(bob.dialogue.acknowledged(40_000)).isTrue();
        assertThat(bob.dialogue.acknowledged(65_535)).isTrue();
        assertThat(bob.dialogue.acknowledged(7)).isFalse();
        chat.run();
        bob.close();
        assertThat(chat.connect(People.mqtt5("bob", "phone")).in().waiting()).isEqualTo(1);
    }

    @Test
    void removal_whileAwayWithHundredWaiting_oneGapThenTheMemberEvent() {
        chat.group("alice", "bob");
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        bob.receive();
        bob.close();
        for (int i = 0; i < 100; i++) {
            chat.say("alice", TEAM, "secret " + i);
        }
        chat.remove("alice", "bob");
        chat.say("alice", TEAM, "after");

        Client back = chat.connect(People.mqtt5("bob", "phone"));
        List<Delivery> all = back.receive();
        assertThat(all).hasSize(2);
        assertThat(all.get(0).topic()).isEqualTo("u/bob/gap/g/team");
        assertThat(all.get(0).payload()).isEqualTo(Bytes.utf8("{\"from\":2,\"to\":101}"));
        assertThat(all.get(1).topic()).startsWith("u/bob/ev/g/team/member/alice/102/");
        assertThat(all.get(1).payload()).isEqualTo(Bytes.utf8("{\"removed\":[\"bob\"]}"));
    }

    @Test
    void removal_live_nothingWaitingGoesOutAfterIt() {
        chat.group("alice", "bob");
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        bob.receive();
        for (int i = 0; i < 50; i++) {
            chat.say("alice", TEAM, "secret " + i);
        }
        List<Delivery> window = bob.connection.take();
        assertThat(window).hasSize(32);
        chat.remove("alice", "bob");
        window.forEach(bob::acknowledge);
        chat.run();
        assertThat(bob.receiveTopics()).containsExactly("gap/g/team", "ev/g/team/member/alice/52");
    }

    @Test
    void removal_thenAddedAgain_laterMessagesComeOnResume() {
        chat.group("alice", "bob");
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        bob.receive();
        bob.close();
        chat.say("alice", TEAM, "withheld");
        chat.remove("alice", "bob");
        chat.ask(new dev.waggle.spec.message.Command.AddMembers(
                dev.waggle.spec.message.Actor.of(new dev.waggle.spec.UserId("alice"), null),
                TEAM,
                List.of(new dev.waggle.spec.UserId("bob")),
                null,
                chat.clock.millis()));
        chat.say("alice", TEAM, "welcome back");
        assertThat(chat.connect(People.mqtt5("bob", "phone")).receiveTopics())
                .containsExactly(
                        "gap/g/team", "ev/g/team/member/alice/3", "ev/g/team/member/alice/4", "in/g/team/alice/5");
    }

    @Test
    void unacknowledged_whenTheFifthConnectionEnds_setAsideBehindAGap() {
        chat.say("alice", direct("alice", "bob"), "poison");
        chat.say("alice", direct("alice", "bob"), "fine");
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        for (int connection = 1; connection <= 5; connection++) {
            List<Delivery> got = bob.connection.take();
            assertThat(got.get(0).topic()).startsWith("u/bob/in/d/alice/alice/1/");
            got.stream().skip(1).forEach(bob::acknowledge);
            bob.close();
            bob = chat.connect(People.mqtt5("bob", "phone"));
        }
        assertThat(bob.receiveTopics()).containsExactly("gap/d/alice");
        bob.close();
        assertThat(chat.connect(People.mqtt5("bob", "phone")).receiveTopics()).isEmpty();
    }

    @Test
    void now_toAPeer_oneQos0CopyPerLiveDevice() {
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        Client tablet = chat.here(People.mqtt5("bob", "tablet"));
        Client alice = chat.here(People.mqtt5("alice", "phone"));
        alice.publish(People.publish("u/alice/now/d/bob", "typing", 0, 0));
        for (Client device : List.of(bob, tablet)) {
            assertThat(device.connection.deliveries).singleElement().satisfies(copy -> {
                assertThat(copy.topic()).isEqualTo("u/bob/now/d/alice/alice");
                assertThat(copy.qos()).isZero();
            });
        }
        assertThat(alice.connection.deliveries).isEmpty();
    }

    @Test
    void receive_longBacklog_everythingInOrderThroughPagesAndLive() {
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            chat.say("alice", direct("alice", "bob"), "hi");
            expected.add("in/d/alice/alice/" + i);
        }
        Client bob = chat.here(People.mqtt5("bob", "phone"));
        List<String> got = new ArrayList<>();
        for (int i = 1_001; i <= 1_050; i++) {
            chat.say("alice", direct("alice", "bob"), "live");
            expected.add("in/d/alice/alice/" + i);
            List<Delivery> some = bob.connection.take();
            some.forEach(bob::acknowledge);
            some.forEach(delivery ->
                    got.add(delivery.topic().substring("u/bob/".length()).replaceAll("/\\d{13}$", "")));
            chat.run();
        }
        got.addAll(bob.receiveTopics());
        assertThat(got).isEqualTo(expected);
    }
}
