package dev.waggle.store.storage;

import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Reply;
import java.util.List;

/** The replies that are kept with an idempotency key: those to commands of conversations. */
final class ReplyForm {
    private static final int SENT = 1;
    private static final int GROUP_CREATED = 2;
    private static final int MEMBERS_ADDED = 3;
    private static final int MEMBERS_REMOVED = 4;
    private static final int GROUP_LEFT = 5;

    private ReplyForm() {}

    static void write(Reply reply, RowWriter writer) {
        if (reply instanceof Reply.Sent sent) {
            writer.one(SENT).number(sent.seq()).number(sent.ts());
        } else if (reply instanceof Reply.GroupCreated created) {
            writer.one(GROUP_CREATED).text(created.group().value()).number(created.seq());
        } else if (reply instanceof Reply.MembersAdded added) {
            users(writer.one(MEMBERS_ADDED).number(added.seq()), added.added());
        } else if (reply instanceof Reply.MembersRemoved removed) {
            users(writer.one(MEMBERS_REMOVED).number(removed.seq()), removed.removed());
        } else if (reply instanceof Reply.GroupLeft left) {
            writer.one(GROUP_LEFT).number(left.seq());
        } else {
            throw new IllegalArgumentException("no reply to a command of a conversation: "
                    + reply.getClass().getSimpleName());
        }
    }

    private static void users(RowWriter writer, List<UserId> users) {
        writer.number(users.size());
        users.forEach(user -> writer.text(user.value()));
    }

    static Reply read(RowReader reader) {
        int kind = reader.one();
        switch (kind) {
            case SENT:
                return new Reply.Sent(reader.number(), reader.number());
            case GROUP_CREATED:
                return new Reply.GroupCreated(new GroupId(reader.text()), reader.number());
            case MEMBERS_ADDED:
                long addedSeq = reader.number();
                return new Reply.MembersAdded(MembersForm.readUsers(reader), addedSeq);
            case MEMBERS_REMOVED:
                long removedSeq = reader.number();
                return new Reply.MembersRemoved(MembersForm.readUsers(reader), removedSeq);
            case GROUP_LEFT:
                return new Reply.GroupLeft(reader.number());
            default:
                throw new RowReader.Malformed("no reply has the number " + kind);
        }
    }
}
