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
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.Reads.HistoryPage;
import dev.waggle.store.storage.StorageFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only its author is to see, by a decision about the message or about the user, whatever the medium. */
public abstract class ShadowContract extends StoreContract {
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);
    private static final ConversationId.Group OTHER = new ConversationId.Group(new GroupId("other"));

    @Test
    void shadowedUser_isStored_andSeenByItselfAlone_alsoAfterARestart() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "before");
        shadow(ALICE, true);
        assertThat(rig.send(ALICE, ALICE_BOB, "while").seq()).isEqualTo(2);
        rig.restart();
        rig.send(ALICE, ALICE_BOB, "after a restart");
        shadow(ALICE, false);
        rig.send(ALICE, ALICE_BOB, "again");

        assertThat(history(BOB, ALICE_BOB)).containsExactly("before", "again");
        assertThat(history(ALICE, ALICE_BOB)).containsExactly("before", "while", "after a restart", "again");
        assertThat(unread(BOB)).containsExactly(2L);
        assertThat(seen(BOB)).containsExactly("before", "again");
        assertThat(seen(ALICE)).hasSize(4);
    }

    @Test
    void whoIsWrittenToByAShadowedUserAlone_hasNoConversationWithIt() {
        shadow(ALICE, true);
        rig.send(ALICE, ALICE_BOB, "psst");

        assertThat(unread(BOB)).isEmpty();
        assertThat(unread(ALICE)).hasSize(1);
        rig.send(BOB, ALICE_BOB, "hello");
        assertThat(history(ALICE, ALICE_BOB)).containsExactly("psst", "hello");
        assertThat(unread(BOB)).containsExactly(0L);
    }

    @Test
    void message_inAGroup_isForItsAuthor_andNotForWhoComesLater() throws StorageFailure {
        rig.ask(rig.create(ALICE, BOB));
        rig.ask(shadowed(send("psst")));
        rig.send(ALICE, GROUP, "hello");
        rig.ask(new Command.AddMembers(Actor.of(ALICE, PHONE), GROUP, List.of(CAROL), null, rig.clock.millis()));
        rig.restart();

        assertThat(history(ALICE, GROUP)).containsExactly("psst", "hello");
        assertThat(history(BOB, GROUP)).containsExactly("hello");
        assertThat(seen(BOB)).containsExactly("hello");
        assertThat(unread(BOB)).containsExactly(1L);
    }

    @Test
    void editByAShadowedUser_leavesToOthersWhatTheySaw() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.accepted(edit(1, "hello, world"), Reply.Edited.class);
        rig.accepted(shadowed(edit(1, "buy this")), Reply.Edited.class);
        assertThat(history(BOB, ALICE_BOB)).containsExactly("hello, world");
        rig.accepted(edit(1, "hello, all"), Reply.Edited.class);
        rig.restart();

        assertThat(history(BOB, ALICE_BOB)).containsExactly("hello, all");
        assertThat(seen(BOB)).containsExactly("hello, all");
    }

    @Test
    void editOfAShadowedMessage_isInItsPlace_andAsLittleSeen() throws StorageFailure {
        rig.ask(shadowed(direct("psst")));
        rig.accepted(edit(1, "hear me"), Reply.Edited.class);

        assertThat(history(ALICE, ALICE_BOB)).containsExactly("hear me");
        assertThat(history(BOB, ALICE_BOB)).isEmpty();
        assertThat(seen(BOB)).isEmpty();
    }

    @Test
    void nothingElseOfAShadowedUser_isTold() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.send(BOB, ALICE_BOB, "hello");
        assertThat(acquaintances(ALICE, BOB)).hasSize(1);
        shadow(BOB, true);
        rig.clock.advance(10);
        rig.ask(new Command.MarkRead(Actor.of(BOB, PHONE), ALICE_BOB, 1, false, rig.clock.millis()));

        assertThat(rig.store()
                        .reads()
                        .marks(ALICE, 0, null, 10)
                        .toCompletableFuture()
                        .join()
                        .changed())
                .isEmpty();
        assertThat(acquaintances(ALICE, BOB)).isEmpty();
        assertThat(rig.store()
                        .reads()
                        .audience(ALICE_BOB)
                        .toCompletableFuture()
                        .join()
                        .settings(BOB)
                        .shadowed())
                .isTrue();
    }

    @Test
    void changeOfAGroup_thatOthersWouldBeToldOf_isRefused_butGoingAwayIsNot() throws StorageFailure {
        rig.ask(rig.create(ALICE, BOB));
        shadow(ALICE, true);
        rig.restart();
        Actor alice = Actor.of(ALICE, PHONE);
        long now = rig.clock.millis();
        GroupPatch name = GroupPatch.named("buy this");

        for (Command.OfConversation command : List.of(
                new Command.UpdateGroup(alice, GROUP, name, null, now),
                new Command.AddMembers(alice, GROUP, List.of(CAROL), null, now),
                new Command.ChangeStanding(alice, GROUP, Standing.Kind.INVITED, List.of(CAROL), 0, null, now),
                new Command.ChangeStanding(alice, GROUP, Standing.Kind.BANNED, List.of(BOB), 0, null, now),
                new Command.CreateGroup(alice, OTHER, name, List.of(BOB), null, now))) {
            assertThat(rejected(rig.ask(command))).as(command.toString()).isEqualTo(Refusal.NOT_ALLOWED);
        }
        assertThat(rig.backlog(CAROL)).isEmpty();
        assertThat(rig.backlog(BOB)).hasSize(1);
        rig.accepted(new Command.CreateGroup(alice, OTHER, name, List.of(), null, now), Reply.GroupCreated.class);
        rig.accepted(new Command.UpdateGroup(alice, OTHER, GroupPatch.named("x"), null, now), Reply.GroupChanged.class);
        rig.accepted(new Command.LeaveGroup(alice, GROUP, null, now), Reply.GroupLeft.class);
    }

    @Test
    void whoIsShadowed_isListed_untilItEnds_alsoAfterARestart() throws StorageFailure {
        shadow(CAROL, true);
        shadow(ALICE, true);
        shadow(ALICE, true);
        shadow(BOB, true);
        shadow(BOB, false);
        rig.restart();

        assertThat(listed(null, 10)).containsExactly(ALICE, CAROL);
        assertThat(listed(null, 1)).containsExactly(ALICE);
        assertThat(listed(ALICE, 10)).containsExactly(CAROL);
        shadow(CAROL, false);
        assertThat(listed(ALICE, 10)).isEmpty();
    }

    private List<UserId> listed(UserId after, int limit) {
        return rig.store().reads().shadowed(after, limit).toCompletableFuture().join();
    }

    private void shadow(UserId user, boolean on) {
        rig.accepted(
                new Command.ChangeSettings(user, SettingsChange.shadow(on), rig.clock.millis()),
                Reply.SettingsKept.class);
    }

    private static Command.SendMessage shadowed(Command.SendMessage sent) {
        return new Command.SendMessage(
                sent.actor(), sent.conversation(), null, sent.body(), sent.properties(), null, true, sent.now());
    }

    private static Command.EditMessage shadowed(Command.EditMessage edit) {
        return new Command.EditMessage(
                edit.actor(), edit.conversation(), edit.seq(), edit.body(), true, null, edit.now());
    }

    private Command.SendMessage send(String body) {
        return (Command.SendMessage) rig.message(ALICE, GROUP, null, body);
    }

    private Command.SendMessage direct(String body) {
        return (Command.SendMessage) rig.message(ALICE, ALICE_BOB, null, body);
    }

    private Command.EditMessage edit(long seq, String body) {
        return new Command.EditMessage(
                Actor.of(ALICE, PHONE), ALICE_BOB, seq, Bytes.utf8(body), null, rig.clock.millis());
    }

    private List<UserId> acquaintances(UserId viewer, UserId other) {
        return List.copyOf(rig.store()
                .reads()
                .acquaintances(viewer, List.of(other))
                .toCompletableFuture()
                .join()
                .keySet());
    }

    /** What stands in the user's inbox and may go out: bodies of messages. */
    private List<String> seen(UserId user) throws StorageFailure {
        return rig.backlog(user).stream()
                .map(item -> ((InboxItem.Entry) item).entry())
                .filter(entry -> !entry.hiddenFrom().contains(user))
                .filter(Event.MessageStored.class::isInstance)
                .map(entry -> ((Event.MessageStored) entry).body().asUtf8())
                .toList();
    }

    private List<Long> unread(UserId user) {
        return rig.store().reads().inbox(user, null, null, 10).toCompletableFuture().join().conversations().stream()
                .map(line -> line.unread())
                .toList();
    }

    private List<String> history(UserId reader, ConversationId conversation) {
        Answer<HistoryPage> page = rig.store()
                .reads()
                .history(reader, conversation, null, 0L, 200)
                .toCompletableFuture()
                .join();
        return ((Answer.Given<HistoryPage>) page)
                .value().entries().stream()
                        .filter(Event.MessageStored.class::isInstance)
                        .map(entry -> ((Event.MessageStored) entry).body().asUtf8())
                        .toList();
    }
}
