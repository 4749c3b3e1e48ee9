package dev.waggle.broker.session;

import static dev.waggle.broker.session.TestChat.direct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.session.TestChat.Client;
import dev.waggle.broker.testkit.People;
import dev.waggle.spec.message.Filter;
import dev.waggle.store.storage.StorageFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Device records as a client sees them (PROTOCOL §4), on the real store. */
class SessionTest {
    private static final Profile PHONE = People.mqtt5("bob", "phone");

    private final TestChat chat = new TestChat();

    @Test
    void connect_firstDurableDevice_beginsAtTheBeginningButOnlyAfterSubscribe() {
        say("one");
        say("two");
        Client bob = chat.connect(PHONE);
        assertThat(bob.in()).isEqualTo(new Welcome.In(false, 2, List.of()));
        say("three");
        assertThat(bob.peekTopics()).isEmpty();
        assertThat(bob.subscribe(Filter.of("u/bob/#", 1))).isTrue();
        assertThat(bob.receiveTopics())
                .containsExactly("in/d/alice/alice/1", "in/d/alice/alice/2", "in/d/alice/alice/3");
    }

    @Test
    void connect_withoutSubscribe_keepsEverythingForTheNextConnection() {
        say("one");
        chat.connect(PHONE).close();
        Client bob = chat.connect(PHONE);
        assertThat(bob.in().sessionPresent()).isTrue();
        bob.subscribe(Filter.of("u/bob/#", 1));
        assertThat(bob.receiveTopics()).hasSize(1);
    }

    @Test
    void connect_secondDevice_beginsAtTheEnd() {
        chat.here(PHONE);
        say("one");
        Client tablet = chat.here(People.mqtt5("bob", "tablet"));
        assertThat(tablet.peekTopics()).isEmpty();
        say("two");
        assertThat(tablet.receiveTopics()).containsExactly("in/d/alice/alice/2");
    }

    @Test
    void connect_again_sessionPresentAndFiltersInForce() {
        Client bob = chat.connect(PHONE);
        bob.subscribe(Filter.of("u/bob/in/#", 1), Filter.of("open/news", 1), Filter.of("u/alice/#", 1));
        bob.close();
        say("one");
        Client back = chat.connect(PHONE);
        assertThat(back.in().sessionPresent()).isTrue();
        assertThat(back.in().waiting()).isEqualTo(1);
        assertThat(back.in().hostFilters()).containsExactly(Filter.of("open/news", 1));
        assertThat(back.receiveTopics()).containsExactly("in/d/alice/alice/1");
    }

    @Test
    void connect_afterACrash_sameSessionSamePacketIdsAndDup() {
        Client bob = chat.here(PHONE);
        say("one");
        say("two");
        say("three");
        List<Delivery> first = bob.connection.take();
        bob.acknowledge(first.get(1));
        chat.pass(50);
        chat.crash();

        Client back = chat.connect(PHONE);
        assertThat(back.in().sessionPresent()).isTrue();
        List<Delivery> again = back.receive();
        assertThat(again).extracting(Delivery::packetId).containsExactly(1_025, 1_027);
        assertThat(again).allMatch(Delivery::dup);
        say("four");
        assertThat(back.receive())
                .singleElement()
                .satisfies(fresh -> assertThat(fresh.dup()).isFalse());
    }

    @Test
    void connect_cleanStart_recordGoneAndCursorAtTheEnd() {
        chat.here(PHONE).close();
        say("one");
        Client fresh = chat.here(People.profile("bob", "phone", true, true, 3_600, 65_535, 268_435_460, true));
        assertThat(fresh.in()).isEqualTo(new Welcome.In(false, 0, List.of()));
        assertThat(fresh.peekTopics()).isEmpty();
        say("two");
        assertThat(fresh.receiveTopics()).containsExactly("in/d/alice/alice/2");
    }

    @Test
    void connect_transient_getsWhatIsCommittedFromItsSubscribe() {
        Profile transientPhone = People.profile("bob", "phone", true, true, 0, 65_535, 268_435_460, true);
        say("one");
        Client bob = chat.connect(transientPhone);
        say("two");
        bob.subscribe(Filter.of("u/bob/#", 1));
        say("three");
        assertThat(bob.receiveTopics()).containsExactly("in/d/alice/alice/3");
        bob.close();
        assertThat(chat.connect(PHONE).in().sessionPresent()).isFalse();
    }

    @Test
    void connect_transientContinuingARecord_isServedAndThenForgotten() {
        chat.here(PHONE).close();
        say("one");
        Client last = chat.connect(People.profile("bob", "phone", true, false, 0, 65_535, 268_435_460, true));
        assertThat(last.in().sessionPresent()).isTrue();
        assertThat(last.receiveTopics()).hasSize(1);
        last.close();
        assertThat(chat.connect(PHONE).in().sessionPresent()).isFalse();
    }

    @Test
    void disconnect_expiryZero_deletesTheRecord() {
        Client bob = chat.here(PHONE);
        bob.dialogue.disconnecting(0L);
        bob.close();
        assertThat(chat.connect(PHONE).in().sessionPresent()).isFalse();
    }

    @Test
    void disconnect_expiryOfATransientSession_cannotBeRaised() {
        Client bob = chat.here(People.profile("bob", "phone", true, true, 0, 65_535, 268_435_460, true));
        bob.dialogue.disconnecting(3_600L);
        bob.close();
        assertThat(chat.connect(PHONE).in().sessionPresent()).isFalse();
    }

    @Test
    void connect_seventeenthDevice_refusedNamingTheMethod() {
        for (int i = 1; i <= 16; i++) {
            chat.connect(People.mqtt5("bob", "d" + i)).close();
        }
        Client one = chat.connect(People.mqtt5("bob", "d17"));
        assertThat(one.welcome).isInstanceOfSatisfying(Welcome.Out.class, out -> {
            assertThat(out.reasonCode()).isEqualTo(0x97);
            assertThat(out.reason()).contains("device.forget");
        });
    }

    @Test
    void connect_storeBroken_unavailable() {
        chat.medium.refuseToOpen(new StorageFailure(StorageFailure.Kind.FAILED, "no disk"));
        chat.medium.plan(sync -> dev.waggle.store.memory.WriteFault.BEFORE);
        Client bob = chat.connect(PHONE);
        assertThat(bob.welcome)
                .isInstanceOfSatisfying(
                        Welcome.Out.class, out -> assertThat(out.reasonCode()).isEqualTo(0x88));
    }

    @Test
    void takeOver_oldConnectionEndsLate_cursorOfBothCounts() {
        Client old = chat.here(PHONE);
        say("one");
        say("two");
        List<Delivery> window = old.connection.take();
        Client young = chat.connect(PHONE);
        assertThat(young.in().sessionPresent()).isTrue();
        assertThat(young.connection.take()).hasSize(2).allMatch(Delivery::dup, "sent before");
        old.acknowledge(window.get(0));
        old.close();
        say("three");
        assertThat(young.receiveTopics()).containsExactly("in/d/alice/alice/3");
        young.close();
        Client next = chat.connect(PHONE);
        assertThat(next.receiveTopics()).containsExactly("in/d/alice/alice/2");
    }

    @Test
    void closed_beforeTheRecordIsOpen_recordIsClosedAllTheSame() {
        chat.here(PHONE).close();
        Client gone = chat.connectUnanswered(PHONE);
        gone.connection.close();
        gone.dialogue.closed();
        chat.run();
        say("one");
        Client back = chat.connect(PHONE);
        assertThat(back.receive())
                .singleElement()
                .satisfies(first -> assertThat(first.dup()).isFalse());
    }

    @Test
    void subscribe_moreFiltersThanAllowed_ended() {
        Filter[] many = java.util.stream.IntStream.rangeClosed(1, 257)
                .mapToObj(i -> Filter.of("u/bob/in/d/a" + i + "/#", 1))
                .toArray(Filter[]::new);
        Client durable = chat.connect(PHONE);
        Client passing = chat.connect(People.profile("bob", "web", true, true, 0, 65_535, 268_435_460, true));
        assertThat(durable.subscribe(many)).isFalse();
        assertThat(passing.subscribe(many)).isFalse();
        assertThat(durable.connection.ended).isEqualTo(0x97);
        assertThat(passing.connection.ended).isEqualTo(0x97);
    }

    @Test
    void thing_withoutADevice_hasNoInbox() {
        Profile thing = new Profile(
                People.identity("bob", null), "meter-7", true, true, 0, 65_535, 268_435_460, true, false, "127.0.0.1");
        Client meter = chat.connect(thing);
        assertThat(meter.in().sessionPresent()).isFalse();
        assertThat(meter.subscribe(Filter.of("u/bob/#", 1))).isTrue();
        say("one");
        assertThat(meter.peekTopics()).isEmpty();
        meter.publish("u/bob/out/d/alice", "reading", 1);
        assertThat(meter.connection.acknowledgements)
                .singleElement()
                .satisfies(answer -> assertThat(answer.seq()).isEqualTo(2));
    }

    private Client withTenSecondsLeft() {
        return chat.here(new Profile(
                new dev.waggle.auth.Identity(
                        new dev.waggle.spec.UserId("bob"),
                        new dev.waggle.spec.DeviceId("phone"),
                        null,
                        null,
                        dev.waggle.spec.message.Actor.Role.USER,
                        "waggle:local",
                        0,
                        chat.clock.millis() + 10_000,
                        "t"),
                "bob.phone",
                true,
                false,
                3_600,
                65_535,
                268_435_460,
                true,
                false,
                "127.0.0.1"));
    }

    @Test
    void token_expired_connectionEnds() {
        Client bob = withTenSecondsLeft();
        chat.pass(9_000);
        assertThat(bob.connection.ended).isZero();
        chat.pass(2_100);
        assertThat(bob.connection.ended).isEqualTo(0xA0);
    }

    @Test
    void publish_betweenTheEndOfTheTokenAndTheSweep_isNotTaken() {
        Client bob = withTenSecondsLeft();
        bob.publish("u/bob/out/d/alice", "in time", 1);
        assertThat(bob.connection.acknowledgements).hasSize(1);
        chat.clock.advance(10_000);
        bob.publish("u/bob/out/d/alice", "late", 1);
        assertThat(bob.connection.acknowledgements).hasSize(1);
        assertThat(bob.connection.ended).isEqualTo(0xA0);
    }

    private void say(String body) {
        chat.say("alice", direct("alice", "bob"), body);
    }
}
