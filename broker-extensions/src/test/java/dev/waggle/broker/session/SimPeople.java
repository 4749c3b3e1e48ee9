package dev.waggle.broker.session;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import dev.waggle.spec.message.MutePatch;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What people do in a simulation besides sending: alice leads the group, bob and carol come and go, block and hide; all
 * edit and delete what they said.
 */
final class SimPeople {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");
    private static final List<UserId> ALL = List.of(ALICE, BOB, CAROL);
    private static final DeviceId ELSEWHERE = new DeviceId("elsewhere");

    /** Bodies of messages that somebody wanted to edit or delete: perhaps they are there no more. */
    final Set<String> touched = new HashSet<>();

    private final TestChat chat;
    private final List<SimDevice> devices;
    private final Random random;
    private int number;

    SimPeople(TestChat chat, List<SimDevice> devices, Random random) {
        this.chat = chat;
        this.devices = devices;
        this.random = random;
    }

    void act() {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> changeMembers();
            case 3, 4 -> changeMessage();
            case 5 -> block();
            case 6 -> urgent();
            default -> mute();
        }
    }

    private void changeMembers() {
        UserId user = ALL.get(1 + random.nextInt(2));
        Actor alice = Actor.of(ALICE, null);
        long now = chat.clock.millis();
        switch (random.nextInt(10)) {
            case 0, 1 -> chat.ask(new Command.AddMembers(alice, TestChat.TEAM, List.of(user), null, now));
            case 2 -> removed(user, new Command.RemoveMembers(alice, TestChat.TEAM, List.of(user), null, now));
            case 3 -> {
                if (isMember(user)) {
                    removed(user, standing(alice, Standing.Kind.BANNED, user, 0));
                    chat.ask(standing(alice, Standing.Kind.UNBANNED, user, 0));
                }
            }
            case 4 -> {
                chat.ask(standing(alice, Standing.Kind.INVITED, user, 0));
                answer(user, random.nextBoolean() ? Standing.Kind.REQUESTED : Standing.Kind.DECLINED);
            }
            case 5 -> chat.ask(standing(alice, Standing.Kind.MUTED, user, 1));
            case 6 ->
                chat.ask(new Command.ChangeRole(
                        alice, TestChat.TEAM, user, MemberRole.values()[1 + random.nextInt(3)], null, now));
            case 7 -> {
                answer(user, Standing.Kind.REQUESTED);
                chat.ask(standing(alice, Standing.Kind.REFUSED, user, 0));
            }
            case 8 -> {
                JoinPolicy join = JoinPolicy.values()[random.nextInt(JoinPolicy.values().length)];
                GroupPatch patch = new GroupPatch(null, null, null, join, null);
                chat.ask(new Command.UpdateGroup(alice, TestChat.TEAM, patch, null, now));
            }
            default ->
                chat.ask(new Command.UpdateGroup(alice, TestChat.TEAM, GroupPatch.named("at " + now), null, now));
        }
    }

    private void answer(UserId user, Standing.Kind kind) {
        chat.ask(new Command.ChangeStanding(
                Actor.of(user, null), TestChat.TEAM, kind, List.of(), 0, null, chat.clock.millis()));
    }

    private Command.ChangeStanding standing(Actor by, Standing.Kind kind, UserId user, long seconds) {
        return new Command.ChangeStanding(by, TestChat.TEAM, kind, List.of(user), seconds, null, chat.clock.millis());
    }

    private boolean isMember(UserId user) {
        Answer<Reads.GroupPage> page = chat.reads()
                .group(user, TestChat.TEAM.group(), null, 1)
                .toCompletableFuture()
                .join();
        return page instanceof Answer.Given;
    }

    private void removed(UserId user, Command.OfConversation command) {
        // What came before the removal is heard first: from then on nothing of it may come.
        devices.forEach(SimDevice::listen);
        if (!(chat.ask(command) instanceof Outcome.Accepted accepted)) {
            return;
        }
        long seq = 0;
        if (accepted.reply() instanceof Reply.MembersRemoved removed) {
            seq = removed.removed().contains(user) ? removed.seq() : 0;
        } else if (accepted.reply() instanceof Reply.GroupChanged changed) {
            seq = changed.seq();
        }
        nothingBefore(user, "g/team", seq);
    }

    private void nothingBefore(UserId user, String conversation, long seq) {
        for (SimDevice device : devices) {
            if (seq > 0 && device.user.equals(user.value())) {
                device.removedAt.merge(conversation, seq, Math::max);
            }
        }
    }

    /** Somebody edits or deletes one of the newest messages, or bob hides it from himself. */
    private void changeMessage() {
        UserId one = one();
        ConversationId conversation = random.nextBoolean() ? TestChat.TEAM : ConversationId.direct(one, one());
        Reads.HistoryPage page = newest(one, conversation);
        if (page == null || page.entries().isEmpty()) {
            return;
        }
        Event.LogEntry entry = page.entries().get(random.nextInt(page.entries().size()));
        if (!(entry instanceof Event.MessageStored message)) {
            return;
        }
        Actor author = Actor.of(message.from().user(), null);
        SeqRanges seqs = SeqRanges.of(message.seq(), message.seq());
        long now = chat.clock.millis();
        boolean aliceSeesIt =
                conversation instanceof ConversationId.Group || conversation.equals(ConversationId.direct(ALICE, BOB));
        if (aliceSeesIt && random.nextInt(4) == 0) {
            chat.ask(new Command.HideMessages(Actor.of(BOB, null), conversation, seqs, null, now));
            return;
        }
        touched.add(message.body().asUtf8());
        chat.ask(
                random.nextBoolean()
                        ? new Command.EditMessage(
                                author, conversation, message.seq(), Bytes.utf8("edit " + number++), null, now)
                        : new Command.DeleteMessages(author, conversation, seqs, null, now));
    }

    private Reads.HistoryPage newest(UserId reader, ConversationId conversation) {
        Answer<Reads.HistoryPage> answer = chat.reads()
                .history(reader, conversation, null, null, 10)
                .toCompletableFuture()
                .join();
        return answer instanceof Answer.Given<Reads.HistoryPage> given ? given.value() : null;
    }

    /** From a block on, nothing comes that waited in the conversation of the two. */
    private void block() {
        UserId user = random.nextBoolean() ? BOB : CAROL;
        UserId other = one();
        if (user.equals(other)) {
            return;
        }
        long now = chat.clock.millis();
        if (random.nextInt(3) > 0) {
            chat.ask(new Command.ChangeSettings(user, SettingsChange.unblock(other), now));
            return;
        }
        devices.forEach(SimDevice::listen);
        ConversationId conversation = ConversationId.direct(user, other);
        Reads.HistoryPage page = newest(user, conversation);
        boolean news = !chat.reads()
                .audience(conversation)
                .toCompletableFuture()
                .join()
                .settings(user)
                .blocks(other);
        Outcome outcome = chat.ask(new Command.ChangeSettings(user, SettingsChange.block(other), now));
        if (outcome instanceof Outcome.Accepted && news && page != null) {
            nothingBefore(user, "d/" + other, page.last() + 1);
        }
    }

    /** A message that no device of these sends, and that goes before what waits. */
    private void urgent() {
        UserId from = one();
        MessageProperties urgent = new MessageProperties(
                null, false, 0, List.of(new UserProperty(MessageProperties.PRIORITY, MessageProperties.HIGH)));
        chat.ask(new Command.SendMessage(
                Actor.of(from, ELSEWHERE),
                random.nextInt(3) == 0 ? TestChat.TEAM : ConversationId.direct(from, one()),
                null,
                Bytes.utf8("urgent " + number++),
                urgent,
                null,
                chat.clock.millis()));
    }

    private void mute() {
        UserId user = one();
        chat.ask(new Command.MuteConversation(
                Actor.of(user, null),
                ConversationId.direct(user, one()),
                new MutePatch((long) random.nextInt(100), null, null),
                null,
                chat.clock.millis()));
    }

    private UserId one() {
        return ALL.get(random.nextInt(ALL.size()));
    }
}
