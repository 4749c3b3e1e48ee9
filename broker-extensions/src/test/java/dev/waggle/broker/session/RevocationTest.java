package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.revocation.Revocation;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.session.TestChat.Client;
import dev.waggle.broker.testkit.People;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import org.junit.jupiter.api.Test;

/** Live connections whose token is taken back, on the real store. */
class RevocationTest {
    private static final UserId BOB = new UserId("bob");
    private static final Profile PHONE = People.mqtt5("bob", "phone");
    private static final Profile TABLET = People.mqtt5("bob", "tablet");
    /** Of the timer: the first that comes after a change must end the connection. */
    private static final long ONE_TICK = 50;

    private final TestChat chat = new TestChat();
    private final Client phone = chat.here(PHONE);
    private final Client tablet = chat.here(TABLET);
    private final Client alice = chat.here(People.mqtt5("alice", "phone"));

    private static void assertEnded(Client client, int code, String reason) {
        assertThat(client.connection.ended).isEqualTo(code);
        assertThat(client.connection.endReason).isEqualTo(reason);
    }

    @Test
    void device_revoked_endsOnlyThatDevice() {
        chat.pass(3_000);
        chat.revocations.revoke(new Revocation.OfDevice(BOB, new DeviceId("phone"), 1_000));
        chat.pass(ONE_TICK);

        assertEnded(phone, 0x87, "token revoked");
        assertThat(tablet.connection.ended).isZero();
        assertThat(alice.connection.ended).isZero();
    }

    @Test
    void user_revoked_endsAllItsDevices() {
        chat.revocations.revoke(new Revocation.OfUser(BOB, 1_000));
        chat.pass(ONE_TICK);

        assertEnded(phone, 0x87, "token revoked");
        assertEnded(tablet, 0x87, "token revoked");
        assertThat(alice.connection.ended).isZero();
    }

    @Test
    void token_revoked_endsEveryConnectionThatUsesIt() {
        chat.revocations.revoke(new Revocation.OfToken("waggle:local", "another", Long.MAX_VALUE));
        chat.pass(2_000);
        assertThat(phone.connection.ended).isZero();

        chat.revocations.revoke(new Revocation.OfToken("waggle:local", "token", Long.MAX_VALUE));
        chat.pass(ONE_TICK);

        assertEnded(phone, 0x87, "token revoked");
    }

    @Test
    void user_disabled_endsItsConnections() {
        chat.revocations.revoke(new Revocation.Disabled(BOB));
        chat.pass(ONE_TICK);

        assertEnded(phone, 0x98, "user disabled");
        assertEnded(tablet, 0x98, "user disabled");
    }

    @Test
    void connection_letInJustBeforeAndListedJustAfter_endsWithinASecond() {
        chat.revocations.revoke(new Revocation.Disabled(BOB));
        chat.pass(ONE_TICK);
        Client late = chat.connect(People.mqtt5("bob", "watch"));
        chat.pass(1_000);

        assertEnded(late, 0x98, "user disabled");
    }

    @Test
    void messages_forARevokedDevice_waitForIt() {
        chat.revocations.revoke(new Revocation.OfDevice(BOB, new DeviceId("phone"), 1_000));
        chat.pass(ONE_TICK);
        phone.close();
        chat.say("alice", TestChat.direct("alice", "bob"), "while away");

        Client again = chat.connect(PHONE);

        assertThat(again.in().sessionPresent()).isTrue();
        assertThat(again.receiveTopics()).containsExactly("in/d/alice/alice/1");
    }
}
