package dev.waggle.push.rules;

import static dev.waggle.push.rules.Decided.assertSkips;
import static dev.waggle.push.rules.Decided.assertWaits;
import static dev.waggle.push.rules.Decided.push;
import static dev.waggle.push.rules.Decided.pushes;
import static dev.waggle.push.rules.Scene.ME;
import static dev.waggle.push.rules.Scene.NOON;
import static dev.waggle.push.rules.Scene.PHONE;
import static dev.waggle.push.rules.Scene.TABLET;
import static dev.waggle.push.rules.Scene.TEAM;
import static dev.waggle.push.rules.Scene.WITH_BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Push;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F8: what was read elsewhere is taken away, and the number is right. */
class ReadSyncTest {
    private static final Address APNS = new Address.Apns("ab", "org.example", false);
    private static final Address WEB = new Address.WebPush(URI.create("https://h/"), Bytes.EMPTY, Bytes.EMPTY);
    private final Scene scene = new Scene().phone();

    @Test
    void aRead_sendsOneSilentUpdateWithinTwoSecondsToASleepingDevice() {
        scene.message(TEAM).run();
        scene.pass(60_000).badge = 6;
        read(TEAM, 1);
        assertWaits(decide(), Reason.GATHERING, scene.now + 1_000);

        Push update = push(note(scene.pass(1_000)));
        assertThat(update.kind()).isEqualTo(Push.Kind.UPDATE);
        assertThat(update.badge()).isEqualTo(6);
        assertThat(update.dismiss()).containsExactly("g/team");
        assertThat(update.alert()).isNull();
        assertThat(update.count()).isZero();
        assertThat(scene.pass(60_000)).satisfies(later -> assertThat(decide()).isEmpty());
    }

    @Test
    void readsWithinFiveSeconds_areOneUpdate() {
        scene.message(TEAM).message(WITH_BOB).message(with(1)).run();
        read(TEAM, 1);
        scene.pass(500);
        read(WITH_BOB, 1);
        assertThat(push(note(scene.pass(500))).dismiss()).containsExactly("g/team", "d/bob");

        read(with(1), 1);
        assertWaits(decide(), Reason.GATHERING, scene.now + 5_000);
        assertThat(push(note(scene.pass(5_000))).dismiss()).containsExactly("d/peer1");
    }

    @Test
    void aReadOfAPartOnly_takesNothingAway_butCorrectsTheNumber() {
        scene.message(TEAM).message(TEAM).run();
        scene.badge = 6;
        read(TEAM, 1);

        Push update = push(note(scene.pass(1_000)));
        assertThat(update.dismiss()).isEmpty();
        assertThat(update.badge()).isEqualTo(6);
    }

    @Test
    void aDeviceThatShowsNothingOfIt_isLeftAlone() {
        scene.message(TEAM).run();
        read(WITH_BOB, 5);

        assertSkips(note(scene.pass(1_000)), Reason.UNCHANGED);
        assertThat(decide()).isEmpty();
    }

    @Test
    void aConnectedDevice_learnsItThere() {
        scene.message(TEAM).run();
        scene.pass(60_000).online(PHONE);
        read(TEAM, 1);

        assertSkips(note(scene), Reason.AWAKE);
        assertThat(decide()).isEmpty();
    }

    @Test
    void aDeviceThatWasPushedOnAHalfOpenConnection_isUpdated() {
        scene.pass(-60_000).online(PHONE).pass(60_000).message(TEAM).pass(5_000).run();
        read(TEAM, 1);

        assertThat(pushes(note(scene.pass(1_000)))).hasSize(1);
    }

    @Test
    void afterARestart_aDeviceIsTakenToShowWhatIsRead() {
        scene.message(TEAM).badge = 0;
        read(TEAM, 1);

        Push update = push(note(scene.pass(1_000)));
        assertThat(update.dismiss()).containsExactly("g/team");
        assertThat(update.badge()).isZero();
    }

    @Test
    void apns_getsThreeSilentPushesAnHour_andOtherwiseTheNumberOnly() {
        Scene apple = new Scene().device(PHONE, APNS);
        for (int i = 0; i < 5; i++) {
            apple.message(with(i));
        }
        apple.run();
        for (int i = 0; i < 3; i++) {
            readOn(apple, with(i), 1);
            assertThat(push(noteOn(apple.pass(10_000))).dismiss()).hasSize(1);
        }

        readOn(apple, with(3), 1);
        apple.badge = 1;
        Push number = push(noteOn(apple.pass(10_000)));
        assertThat(number.dismiss()).isEmpty();
        assertThat(number.badge()).isEqualTo(1);
        apple.pass(10_000);
        assertWaits(decideOn(apple), Reason.BACKGROUND, NOON + 10_000 + 3_600_000);

        apple.now = NOON + 10_000 + 3_600_000;
        assertThat(push(noteOn(apple)).dismiss()).containsExactly("d/peer3");
        assertThat(decideOn(apple)).isEmpty();
    }

    @Test
    void webPush_neverGetsASilentPush_whatIsReadGoesWithTheNextOne() {
        Scene web = new Scene().device(PHONE, WEB).message(TEAM);
        web.run();
        readOn(web, TEAM, 1);
        assertSkips(noteOn(web.pass(10_000)), Reason.NOT_SILENT);
        assertThat(decideOn(web)).isEmpty();

        assertThat(push(web.message(WITH_BOB).run()).dismiss()).containsExactly("g/team");
        assertThat(push(web.message(with(1)).run()).dismiss()).isEmpty();
    }

    @Test
    void aNewPushOfTheConversation_takesNotItselfAway() {
        scene.message(TEAM).run();
        read(TEAM, 1);
        scene.pass(20_000).message(TEAM);

        assertThat(push(scene.run()).dismiss()).isEmpty();
        assertThat(pushes(note(scene)).stream().flatMap(push -> push.dismiss().stream()))
                .isEmpty();
    }

    @Test
    void everySleepingDevice_isUpdatedOnItsOwn() {
        scene.device(TABLET, APNS).message(TEAM).run();
        read(TEAM, 1);

        List<Decision> decisions = note(scene.pass(1_000));
        assertThat(pushes(decisions, PHONE)).hasSize(1);
        assertThat(pushes(decisions, TABLET)).hasSize(1);
        assertThat(pushes(decisions)).extracting(Push::id).doesNotHaveDuplicates();
    }

    private void read(ConversationName conversation, long upTo) {
        readOn(scene, conversation, upTo);
    }

    private static void readOn(Scene scene, ConversationName conversation, long upTo) {
        scene.readSync.noteRead(
                ME, List.copyOf(scene.devices.values()), conversation, upTo, scene.settings, scene.now, scene.ledger);
    }

    private List<Decision> decide() {
        return decideOn(scene);
    }

    private List<Decision> note(Scene same) {
        return noteOn(same);
    }

    private static List<Decision> decideOn(Scene scene) {
        return scene.readSync.decide(ME, List.copyOf(scene.devices.values()), scene.badge, scene.now, scene.ledger);
    }

    private static List<Decision> noteOn(Scene scene) {
        List<Decision> decisions = decideOn(scene);
        decisions.forEach(decision -> scene.ledger.note(ME, decision, scene.now));
        return decisions;
    }

    private static ConversationName with(int peer) {
        return new ConversationName.Peer(new UserId("peer" + peer));
    }
}
