package dev.waggle.store.reads;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Standings;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.util.List;

/** Puts rows into a storage as the committer would; a message's time is ten times its seq. */
final class StoredRows {
    static final UserId ALICE = new UserId("alice");
    static final UserId BOB = new UserId("bob");
    static final UserId CAROL = new UserId("carol");
    static final GroupId TEAM = new GroupId("team");
    static final ConversationId ALICE_BOB = ConversationId.direct(ALICE, BOB);
    static final ConversationId IN_TEAM = ConversationId.group(TEAM);

    private final Storage storage;

    StoredRows(Storage storage) {
        this.storage = storage;
    }

    static Event.MessageStored message(ConversationId conversation, UserId from, long seq) {
        return new Event.MessageStored(
                conversation, seq, seq * 10, Author.of(from), null, MessageProperties.NONE, Bytes.utf8("m" + seq));
    }

    static Event.MessageStored expiring(long seq, long ts, long seconds) {
        return new Event.MessageStored(
                ALICE_BOB,
                seq,
                ts,
                Author.of(BOB),
                null,
                new MessageProperties(null, false, seconds, List.of()),
                Bytes.EMPTY);
    }

    void messages(ConversationId conversation, UserId from, long first, long last) throws StorageFailure {
        WriteSet set = new WriteSet();
        for (long seq = first; seq <= last; seq++) {
            put(set, message(conversation, from, seq));
        }
        storage.write(set, true);
    }

    static void put(WriteSet set, Event.LogEntry entry) {
        set.put(Table.LOG, KeySchema.log(entry.conversation(), entry.seq()), LogRows.encode(entry));
    }

    void pointers(UserId user, ConversationId conversation, long position, long firstSeq, long lastSeq)
            throws StorageFailure {
        WriteSet set = new WriteSet();
        for (long seq = firstSeq; seq <= lastSeq; seq++) {
            InboxRow row = new InboxRow.Pointer(conversation, seq);
            // Whose row it is does not matter to the codec of a conversation that the user is not in.
            byte[] value = InboxRows.encode(
                    conversation instanceof ConversationId.Direct direct && !direct.has(user) ? ALICE : user, row);
            set.put(Table.INBOX, KeySchema.inbox(user, position + seq - firstSeq), value);
        }
        storage.write(set, true);
    }

    void mark(UserId user, ConversationId conversation, Mark mark) throws StorageFailure {
        storage.write(
                new WriteSet()
                        .put(Table.HEADS, KeySchema.mark(user, conversation.seenBy(user)), Rows.MARK.encode(mark)),
                true);
    }

    void group(Member... members) throws StorageFailure {
        group(GroupSettings.USUAL.with(GroupPatch.named("the team")), Standings.NONE, members);
    }

    void group(GroupSettings settings, Standings standings, Member... members) throws StorageFailure {
        GroupRow row = new GroupRow(settings, List.of(members), standings);
        storage.write(new WriteSet().put(Table.HEADS, KeySchema.group(TEAM), Rows.GROUP.encode(row)), true);
    }

    /** Messages of bob's with bodies of this size. */
    void bodies(ConversationId conversation, int count, int size) throws StorageFailure {
        WriteSet set = new WriteSet();
        for (long seq = 1; seq <= count; seq++) {
            Bytes body = Bytes.wrap(new byte[size]);
            put(
                    set,
                    new Event.MessageStored(
                            conversation, seq, seq * 10, Author.of(BOB), null, MessageProperties.NONE, body));
        }
        storage.write(set, true);
    }

    void entries(Event.LogEntry... entries) throws StorageFailure {
        WriteSet set = new WriteSet();
        for (Event.LogEntry entry : entries) {
            put(set, entry);
        }
        storage.write(set, true);
    }

    void gap(UserId user, long position, InboxRow.Gap gap) throws StorageFailure {
        storage.write(
                new WriteSet().put(Table.INBOX, KeySchema.inbox(user, position), InboxRows.encode(user, gap)), true);
    }
}
