package dev.waggle.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random sessions against a model that keeps a set of done positions per device. */
class InboxModelTest {
    private static final List<DeviceId> DEVICES = List.of(new DeviceId("a"), new DeviceId("b"), new DeviceId("c"));
    private static final List<ConversationId> CONVERSATIONS =
            List.of(Box.CHAT, ConversationId.direct(Box.ME, new UserId("zoe")), Talk.TEAM);

    /** What is written on paper about one device. */
    private static final class Paper {
        final TreeSet<Long> done = new TreeSet<>();
        long epoch;
        boolean online;
        long lastSeen;
        long expiry;
    }

    private final Map<DeviceId, Paper> papers = new HashMap<>();
    private final Map<ConversationId, Long> revokedAt = new HashMap<>();
    private boolean everDurable;
    private long epochs;

    @Test
    void randomSessions_agreeWithTheModel() {
        for (long seed = 0; seed < 300; seed++) {
            papers.clear();
            revokedAt.clear();
            everDurable = false;
            epochs = 0;
            Random random = new Random(seed);
            Box box = new Box(new RuleLimits(10, 2, 1_000, 1_000, 1_000, false, false, 500, 60, 60, 60, 60));
            for (int i = 0; i < 80; i++) {
                box.now += random.nextInt(60_000);
                step(box, random, "seed " + seed + " step " + i);
                check(box, "seed " + seed + " step " + i);
            }
            InboxState replayed = InboxState.none(Box.ME);
            for (Event.OfInbox event : box.events) {
                replayed = InboxRules.apply(replayed, event);
            }
            assertThat(replayed).as("seed %d", seed).isEqualTo(box.state);
        }
    }

    private void step(Box box, Random random, String where) {
        DeviceId device = DEVICES.get(random.nextInt(3));
        Paper paper = papers.get(device);
        long epoch = paper == null ? epochs : Math.max(0, paper.epoch - random.nextInt(2));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                ConversationId conversation = CONVERSATIONS.get(random.nextInt(3));
                boolean revoked = random.nextInt(5) == 0;
                long position = box.receive(conversation, revoked).position();
                if (revoked) {
                    revokedAt.put(conversation, position);
                }
            }
            case 2 -> open(box, device, random.nextInt(4) == 0, random.nextInt(3) * 100, where);
            case 3 -> {
                long from = random.nextInt((int) box.state.last() + 3);
                box.move(device, epoch, from, from + 2, from + 3);
                if (epoch > 0) {
                    done(device, box.state.last(), from, from + 2, from + 3);
                }
            }
            default -> {
                long expiry = random.nextInt(3) * 100;
                long upTo = random.nextInt((int) box.state.last() + 3);
                box.close(device, epoch, expiry, DeviceProgress.at(upTo));
                if (paper != null && epoch > 0) {
                    done(device, box.state.last(), upTo);
                    if (paper.online && paper.epoch == epoch) {
                        paper.online = false;
                        paper.lastSeen = box.now;
                        paper.expiry = expiry;
                        if (expiry == 0) {
                            papers.remove(device);
                        }
                    }
                }
            }
        }
    }

    private void open(Box box, DeviceId device, boolean clean, long expiry, String where) {
        papers.values().removeIf(other -> !other.online && other.lastSeen + other.expiry * 1_000 < box.now);
        if (clean) {
            papers.remove(device);
        }
        Paper paper = papers.get(device);
        InboxDecision decision = box.decide(new Command.OpenSession(Box.ME, device, clean, expiry, 0, box.now));
        if (paper == null && expiry > 0 && papers.size() == 2) {
            assertThat(decision).as(where).isInstanceOf(InboxDecision.Refused.class);
            return;
        }
        Reply.SessionOpened opened = (Reply.SessionOpened) ((InboxDecision.Accepted) decision).reply();
        assertThat(opened.present()).as(where).isEqualTo(paper != null);
        if (paper == null && expiry > 0) {
            paper = new Paper();
            papers.put(device, paper);
            for (long position = 1; everDurable && position <= box.state.last(); position++) {
                paper.done.add(position);
            }
            everDurable = true;
        }
        if (paper != null) {
            paper.epoch = ++epochs;
            paper.online = true;
            paper.expiry = expiry;
        }
        assertThat(opened.epoch()).as(where).isEqualTo(paper == null ? 0 : paper.epoch);
        checkWithheld(box, opened, paper, where);
    }

    /** Nothing that was revoked and is not done may go out. */
    private void checkWithheld(Box box, Reply.SessionOpened opened, Paper paper, String where) {
        revokedAt.forEach((conversation, position) -> {
            long before = opened.withheldBefore().getOrDefault(conversation, 0L);
            assertThat(before).as(where).isIn(0L, position);
            if (before == 0 && paper != null) {
                for (long below = 1; below < position; below++) {
                    assertThat(paper.done).as(where).contains(below);
                }
            }
        });
    }

    private void done(DeviceId device, long end, long upTo, Long... more) {
        Paper paper = papers.get(device);
        if (paper == null) {
            return;
        }
        for (long position = 1; position <= Math.min(upTo, end); position++) {
            paper.done.add(position);
        }
        for (long position : more) {
            if (position <= end) {
                paper.done.add(position);
            }
        }
    }

    private void check(Box box, String where) {
        for (Map.Entry<DeviceId, Paper> paper : papers.entrySet()) {
            DeviceState device = box.state.device(paper.getKey());
            if (device == null) {
                assertThat(paper.getValue().online).as(where).isFalse();
                continue;
            }
            TreeSet<Long> done = new TreeSet<>(device.progress().above());
            for (long position = 1; position <= device.progress().cursor(); position++) {
                done.add(position);
            }
            assertThat(done).as(where).isEqualTo(paper.getValue().done);
            assertThat(new ArrayList<>(device.progress().above()))
                    .as(where)
                    .isSorted()
                    .doesNotContain(device.progress().cursor() + 1);
        }
    }
}
