package dev.waggle.broker.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.testkit.FakeClock;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.store.Reads.Acquaintance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is told what, and how seldom. */
class PresenceBoardTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final Acquaintance OPEN = new Acquaintance(UserSettings.USUAL, 77);
    private static final long LONG = Long.MAX_VALUE;

    private final FakeClock clock = new FakeClock();
    private final Map<UserId, Presence> here = new HashMap<>();
    private final Seer alice = new Seer();
    private final PresenceBoard board = new PresenceBoard(
            new Roster() {
                @Override
                public @Nullable Presence of(UserId user) {
                    return here.get(user);
                }

                @Override
                public @Nullable Viewer viewer(UserId user, Object source) {
                    return null;
                }
            },
            clock);

    /** Alice's phone. */
    private final class Seer implements Viewer {
        private final List<String> told = new ArrayList<>();
        private Activity activity = Activity.ACTIVE;

        @Override
        public UserId user() {
            return ALICE;
        }

        @Override
        public Activity activity() {
            return activity;
        }

        @Override
        public void presence(UserId user, Presence presence) {
            told.add(user + " " + presence.state().code());
        }
    }

    private void comes(UserId user, Activity activity) {
        here.put(user, new Presence(activity, clock.millis()));
        board.changed(user);
    }

    private void goes(UserId user) {
        here.remove(user);
        board.changed(user);
    }

    private void pass(long millis) {
        for (long left = millis; left > 0; left -= 50) {
            clock.advance(50);
            board.tick();
        }
    }

    @Test
    void watch_tellsNow_thenWhatChanges() {
        assertThat(board.watch(alice, Map.of(BOB, OPEN), LONG)).containsEntry(BOB, new Presence(Activity.OFFLINE, 77));

        comes(BOB, Activity.ACTIVE);
        pass(1_000);
        comes(BOB, Activity.AWAY);
        pass(1_000);
        goes(BOB);
        pass(10_000);

        assertThat(alice.told).containsExactly("bob active", "bob away", "bob offline");
    }

    @Test
    void whoComesBackWithinSeconds_wasNeverGone() {
        comes(BOB, Activity.ACTIVE);
        board.watch(alice, Map.of(BOB, OPEN), LONG);

        for (int i = 0; i < 10; i++) {
            goes(BOB);
            pass(3_000);
            comes(BOB, Activity.ACTIVE);
            pass(3_000);
        }

        assertThat(alice.told).isEmpty();
    }

    @Test
    void tenThousandFlap_viewerGetsAtMostOnePacketASecond_andEndsWithTheTruth() {
        Random random = new Random(5);
        Map<UserId, Acquaintance> contacts = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            contacts.put(new UserId("u" + i), OPEN);
        }
        board.watch(alice, contacts, LONG);
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 10_000; i++) {
                UserId user = new UserId("u" + i);
                if (random.nextBoolean()) {
                    comes(user, Activity.values()[random.nextInt(3)]);
                } else {
                    goes(user);
                }
            }
            pass(1_000);
        }
        assertThat(alice.told).hasSizeLessThanOrEqualTo(60);

        pass(60_000);

        Map<String, String> last = new HashMap<>();
        alice.told.forEach(line -> last.put(line.split(" ")[0], line.split(" ")[1]));
        contacts.keySet().forEach(user -> {
            Presence now = here.get(user);
            assertThat(last.getOrDefault(user.value(), "offline"))
                    .isEqualTo(now == null ? "offline" : now.state().code());
        });
    }

    @Test
    void deviceInThePocket_isToldOnlyTheLast_whenItIsBack() {
        board.watch(alice, Map.of(BOB, OPEN), LONG);
        alice.activity = Activity.BACKGROUND;
        comes(BOB, Activity.ACTIVE);
        pass(5_000);
        comes(BOB, Activity.AWAY);
        pass(5_000);
        assertThat(alice.told).isEmpty();

        alice.activity = Activity.ACTIVE;
        pass(1_000);

        assertThat(alice.told).containsExactly("bob away");
    }

    @Test
    void whoHidesOrBlocks_isSeenNoMore_andSoIsWhoWasBlocked() {
        board.watch(alice, Map.of(BOB, OPEN), LONG);
        board.decided(BOB, UserSettings.USUAL.blocking(ALICE));
        comes(BOB, Activity.ACTIVE);
        pass(2_000);
        assertThat(alice.told).isEmpty();

        board.watch(alice, Map.of(BOB, OPEN), LONG);
        board.decided(BOB, new UserSettings(Set.of(), true, false, true));
        comes(BOB, Activity.AWAY);
        pass(2_000);
        assertThat(alice.told).isEmpty();

        board.watch(alice, Map.of(BOB, OPEN), LONG);
        board.decided(ALICE, UserSettings.USUAL.blocking(BOB));
        comes(BOB, Activity.ACTIVE);
        pass(2_000);
        assertThat(alice.told).isEmpty();
    }

    @Test
    void lastSeen_isKeptFromThoseWhoMayNotKnow() {
        Acquaintance shy = new Acquaintance(new UserSettings(Set.of(), true, true, false), 77);
        assertThat(board.watch(null, Map.of(BOB, shy), LONG)).containsEntry(BOB, new Presence(Activity.OFFLINE, 0));
    }

    @Test
    void watch_ends_andIsReplacedByTheNext() {
        board.watch(alice, Map.of(BOB, OPEN), clock.millis() + 10_000);
        pass(11_000);
        comes(BOB, Activity.ACTIVE);
        pass(2_000);
        assertThat(alice.told).isEmpty();

        board.watch(alice, Map.of(BOB, OPEN), LONG);
        board.watch(alice, Map.of(), LONG);
        comes(BOB, Activity.AWAY);
        pass(2_000);
        assertThat(alice.told).isEmpty();
    }
}
