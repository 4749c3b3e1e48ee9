package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.CAROL;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static dev.waggle.store.lane.StoreRig.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.StorageFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random messages, edits, deletions, hiding, expiry, retention, blocks, reading and acknowledging, joining, leaving, bans,
 * mutes, roles and policies against {@link SightModel}: what each may read, what counts as unread, how far each has come
 * and what others are told of that all agree, after restarts too.
 */
class SightModelTest {
    private static final int RUNS = Integer.getInteger("waggle.model.runs", 80);
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);
    private static final List<UserId> ALL = List.of(ALICE, BOB, CAROL);
    private static final List<ConversationId> BOTH = List.of(ALICE_BOB, GROUP);

    private StoreRig rig;
    private Random random;
    private Map<ConversationId, SightModel> models = Map.of();
    private final Set<String> blocks = new HashSet<>();
    private final Set<UserId> silent = new HashSet<>();
    private int number;
    private int compared;

    @Test
    void whatEachSees_isWhatTheModelSays() throws StorageFailure {
        for (long seed = 1; seed <= RUNS; seed++) {
            begin(seed);
            for (int step = 0; step < 80; step++) {
                String where = "seed " + seed + " step " + step;
                step(where);
                if (random.nextInt(20) == 0) {
                    rig.restart();
                }
                if (step % 10 == 9) {
                    SightCheck check = new SightCheck(rig, models, blocks);
                    ALL.forEach(user -> check.check(user, where + " " + user));
                    compared += check.compared();
                }
            }
            rig.store().close();
        }
        assertThat(compared).as("messages that were compared").isGreaterThan(RUNS * 50);
    }

    private void begin(long seed) throws StorageFailure {
        random = new Random(seed);
        rig = new StoreRig(new MemoryMedium()).boot();
        models = Map.of(ALICE_BOB, new SightModel(ALICE_BOB), GROUP, new SightModel(GROUP));
        blocks.clear();
        silent.clear();
        List.of(ALICE, BOB).forEach(user -> models.get(ALICE_BOB).people.put(user, new SightModel.Place(1)));
        rig.ask(rig.create(ALICE, BOB));
        models.get(GROUP).came(List.of(ALICE, BOB));
    }

    private void step(String where) {
        rig.clock.advance(random.nextInt(3_000));
        UserId by = one();
        ConversationId conversation = BOTH.get(random.nextInt(2));
        SightModel model = models.get(conversation);
        switch (random.nextInt(17)) {
            case 0, 1, 2, 3, 4 -> send(by, conversation, model, where);
            case 5, 6 -> edit(by, conversation, model, where);
            case 7 -> delete(by, conversation, model, where);
            case 8 -> hide(by, conversation, model, where);
            case 9, 10 -> read(by, conversation, model, where);
            case 11 -> acknowledge(by, conversation, model);
            case 12, 13 -> settings(by);
            case 14, 15 -> changeGroup(by, models.get(GROUP));
            default -> trim(conversation, model);
        }
    }

    private void send(UserId by, ConversationId conversation, SightModel model, String where) {
        long expiry = random.nextInt(4) == 0 ? 1 + random.nextInt(60) : 0;
        String body = "body " + number++;
        boolean shadow = random.nextInt(12) == 0;
        Outcome outcome = rig.ask(new Command.SendMessage(
                actor(by),
                conversation,
                null,
                Bytes.utf8(body),
                new MessageProperties(null, false, expiry, List.of()),
                null,
                shadow,
                rig.clock.millis()));
        if (isAccepted(outcome)) {
            model.said(
                    by,
                    body,
                    expiry == 0 ? Long.MAX_VALUE : rig.clock.millis() + expiry * 1_000,
                    shadow,
                    blocking(by, model));
        }
        boolean part = model.people.containsKey(by);
        // In a group the role or a mute may say no.
        assertThat(isAccepted(outcome)).as(where).isIn(part, part && conversation instanceof ConversationId.Direct);
    }

    private void edit(UserId by, ConversationId conversation, SightModel model, String where) {
        long seq = seq(model);
        String body = "edit " + number++;
        boolean shadow = random.nextInt(8) == 0;
        Outcome outcome = rig.ask(new Command.EditMessage(
                actor(by), conversation, seq, Bytes.utf8(body), shadow, null, rig.clock.millis()));
        SightModel.Message message = model.messages.get(seq);
        boolean own = message != null
                && message.from.equals(by)
                && message.expiresAt > rig.clock.millis()
                && model.people.containsKey(by);
        if (isAccepted(outcome)) {
            assertThat(own).as(where).isTrue();
            model.edited(seq, body, shadow, blocking(by, model));
        } else {
            assertThat(own && conversation instanceof ConversationId.Direct)
                    .as(where)
                    .isFalse();
        }
    }

    private void delete(UserId by, ConversationId conversation, SightModel model, String where) {
        SeqRanges seqs = seqs(model);
        Outcome outcome = rig.ask(new Command.DeleteMessages(actor(by), conversation, seqs, null, rig.clock.millis()));
        List<Long> there =
                seqs.each().stream().filter(model.messages::containsKey).toList();
        boolean own =
                there.stream().allMatch(seq -> model.messages.get(seq).from.equals(by));
        if (isAccepted(outcome)) {
            assertThat(own || conversation instanceof ConversationId.Group)
                    .as(where)
                    .isTrue();
            model.deleted(there);
        } else {
            assertThat(own && model.people.containsKey(by)).as(where).isFalse();
        }
    }

    private void hide(UserId by, ConversationId conversation, SightModel model, String where) {
        SeqRanges seqs = seqs(model);
        Outcome outcome = rig.ask(new Command.HideMessages(actor(by), conversation, seqs, null, rig.clock.millis()));
        assertThat(isAccepted(outcome)).as(where).isEqualTo(model.people.containsKey(by));
        if (isAccepted(outcome)) {
            model.hidden(
                    by, seqs.each().stream().filter(model.messages::containsKey).toList());
        }
    }

    private void read(UserId by, ConversationId conversation, SightModel model, String where) {
        long seq = random.nextInt(8) == 0 ? Long.MAX_VALUE : seq(model);
        boolean secret = random.nextInt(4) == 0;
        Outcome outcome = rig.ask(new Command.MarkRead(actor(by), conversation, seq, secret, rig.clock.millis()));
        assertThat(isAccepted(outcome)).as(where).isEqualTo(model.people.containsKey(by));
        if (isAccepted(outcome) && model.last > 0) {
            model.read(by, seq, !secret && !silent.contains(by));
        }
    }

    private void acknowledge(UserId by, ConversationId conversation, SightModel model) {
        if (model.last > 0 && model.people.containsKey(by)) {
            long seq = Math.min(seq(model), model.last);
            DeviceProgress nothing = DeviceProgress.at(0);
            rig.ask(new Command.MoveCursor(by, PHONE, 0, nothing, Map.of(conversation, seq), rig.clock.millis()));
            model.acknowledged(by, seq, !silent.contains(by));
        }
    }

    private void settings(UserId by) {
        UserId other = one();
        boolean receipts = random.nextBoolean();
        SettingsChange change =
                switch (random.nextInt(3)) {
                    case 0 -> SettingsChange.block(other);
                    case 1 -> SettingsChange.unblock(other);
                    default -> SettingsChange.own(receipts, null, null);
                };
        if (!isAccepted(rig.ask(new Command.ChangeSettings(by, change, rig.clock.millis())))) {
            assertThat(change.block()).as("only oneself cannot be blocked").isEqualTo(by);
        } else if (change.block() != null) {
            blocks.add(by + ">" + other);
        } else if (change.unblock() != null) {
            blocks.remove(by + ">" + other);
        } else if (receipts) {
            silent.remove(by);
        } else {
            silent.add(by);
        }
    }

    /** Alice leads; whoever it concerns, the model follows what was accepted. */
    private void changeGroup(UserId by, SightModel model) {
        UserId user = ALL.get(1 + random.nextInt(2));
        boolean there = model.people.containsKey(user);
        long now = rig.clock.millis();
        Actor alice = actor(ALICE);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                boolean added = isAccepted(rig.ask(new Command.AddMembers(alice, GROUP, List.of(user), null, now)));
                assertThat(added).isEqualTo(there || !blocks.contains(user + ">" + ALICE));
                if (added && !there) {
                    model.came(List.of(user));
                }
            }
            case 3 ->
                went(rig.ask(new Command.RemoveMembers(alice, GROUP, List.of(user), null, now)), there, user, model);
            case 4 -> went(rig.ask(new Command.LeaveGroup(actor(user), GROUP, null, now)), there, user, model);
            case 5 -> {
                went(rig.ask(standing(Standing.Kind.BANNED, user, 0)), true, user, model);
                rig.ask(standing(Standing.Kind.UNBANNED, user, 0));
                model.last++;
            }
            case 6 -> {
                HistoryPolicy policy = random.nextBoolean() ? HistoryPolicy.ALL : HistoryPolicy.JOINING;
                boolean all = policy == HistoryPolicy.ALL;
                rig.ask(new Command.UpdateGroup(
                        alice, GROUP, new GroupPatch(null, null, null, null, policy), null, now));
                model.last += all == model.wholeHistory ? 0 : 1;
                model.wholeHistory = all;
            }
            default -> {
                if (there) {
                    Outcome muted = rig.ask(standing(Standing.Kind.MUTED, user, 1 + random.nextInt(5)));
                    assertThat(isAccepted(muted)).isTrue();
                    model.last++;
                    changeRole(user, model);
                }
            }
        }
    }

    private void changeRole(UserId user, SightModel model) {
        MemberRole role = MemberRole.values()[1 + random.nextInt(3)];
        MemberRole before = role(user);
        assertThat(isAccepted(
                        rig.ask(new Command.ChangeRole(actor(ALICE), GROUP, user, role, null, rig.clock.millis()))))
                .isTrue();
        model.last += role == before ? 0 : 1;
    }

    private MemberRole role(UserId user) {
        return ((Answer.Given<Reads.GroupPage>) rig.store()
                        .reads()
                        .group(user, TEAM, null, 10)
                        .toCompletableFuture()
                        .join())
                .value()
                .role();
    }

    private Command.ChangeStanding standing(Standing.Kind kind, UserId user, long seconds) {
        return new Command.ChangeStanding(actor(ALICE), GROUP, kind, List.of(user), seconds, null, rig.clock.millis());
    }

    /** @param event true if an event says so */
    private void went(Outcome outcome, boolean event, UserId user, SightModel model) {
        if (event) {
            assertThat(isAccepted(outcome)).isTrue();
            model.went(List.of(user));
        }
    }

    /** As the sweep does, with limits of the moment. */
    private void trim(ConversationId conversation, SightModel model) {
        long upTo = Math.min(model.last - 1, model.first + random.nextInt(2));
        if (upTo >= model.first) {
            rig.ask(new Command.TrimLog(conversation, model.first, upTo, rig.clock.millis()));
            model.trimmed(upTo);
        }
    }

    private Set<UserId> blocking(UserId author, SightModel model) {
        Set<UserId> users = new HashSet<>(model.people.keySet());
        users.removeIf(user -> !blocks.contains(user + ">" + author));
        return users;
    }

    private long seq(SightModel model) {
        return 1 + random.nextInt((int) model.last + 2);
    }

    private SeqRanges seqs(SightModel model) {
        long from = seq(model);
        return SeqRanges.of(from, from + random.nextInt(4));
    }

    private UserId one() {
        return ALL.get(random.nextInt(ALL.size()));
    }

    private static Actor actor(UserId user) {
        return Actor.of(user, PHONE);
    }

    private static boolean isAccepted(Outcome outcome) {
        return outcome instanceof Outcome.Accepted;
    }
}
