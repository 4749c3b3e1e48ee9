package dev.waggle.store.storage;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a log row that only changes of members have; and members, which group rows have too. */
final class MembersForm {
    /** Numbers on disk: places in this list, whatever the order of the enum becomes. */
    private static final List<MemberRole> ROLES = List.of(MemberRole.OWNER, MemberRole.ADMIN, MemberRole.MEMBER);

    private MembersForm() {}

    static void write(Event.MembersChanged change, RowWriter writer) {
        UserId left = change.left();
        writer.flag(change.created());
        writeName(change.name(), writer);
        writeMembers(change.added(), writer);
        writer.number(change.removed().size());
        change.removed().forEach(user -> writer.text(user.value()));
        writer.text(left == null ? "" : left.value());
    }

    static Event.MembersChanged read(
            ConversationId.Group group, long seq, long ts, Author from, @Nullable DeviceId device, RowReader reader) {
        boolean created = reader.flag();
        String name = readName(reader);
        List<Member> added = readMembers(reader);
        List<UserId> removed = readUsers(reader);
        String left = reader.text();
        return new Event.MembersChanged(
                group, seq, ts, from, device, created, name, added, removed, left.isEmpty() ? null : new UserId(left));
    }

    static void writeName(@Nullable String name, RowWriter writer) {
        writer.flag(name != null);
        if (name != null) {
            writer.text(name);
        }
    }

    static @Nullable String readName(RowReader reader) {
        return reader.flag() ? reader.text() : null;
    }

    static void writeMembers(List<Member> members, RowWriter writer) {
        writer.number(members.size());
        for (Member member : members) {
            writer.text(member.user().value())
                    .one(ROLES.indexOf(member.role()))
                    .number(member.since())
                    .number(member.firstSeq());
        }
    }

    static List<Member> readMembers(RowReader reader) {
        int count = reader.count();
        List<Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(new Member(new UserId(reader.text()), role(reader.one()), reader.number(), reader.number()));
        }
        return members;
    }

    static List<UserId> readUsers(RowReader reader) {
        int count = reader.count();
        List<UserId> users = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            users.add(new UserId(reader.text()));
        }
        return users;
    }

    private static MemberRole role(int number) {
        if (number >= ROLES.size()) {
            throw new RowReader.Malformed("no role has the number " + number);
        }
        return ROLES.get(number);
    }
}
