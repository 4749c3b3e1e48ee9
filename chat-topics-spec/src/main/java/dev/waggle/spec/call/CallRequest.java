package dev.waggle.spec.call;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MutePatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call asks (PROTOCOL §5). Well-formed; whether it is allowed is not yet said. */
public sealed interface CallRequest {
    int MAX_HISTORY = 200;
    int USUAL_HISTORY = 50;
    int MAX_INBOX = 1_000;
    int USUAL_INBOX = 200;
    int MAX_MEMBERS = 1_000;
    int USUAL_MEMBERS = 1_000;
    /** Ranges of one {@code message.delete}: as text they are a few KiB. */
    int MAX_RANGES = 256;
    /** Messages of one {@code message.delete}: each is a row to read and to write. */
    int MAX_DELETED = 1_000;
    /** A year: who is to be silent for longer is a guest. */
    long MAX_MUTE_SECONDS = 31_536_000;

    /** Messages of one {@code message.report}: so many somebody reads to judge it. */
    int MAX_REPORTED = 20;
    /** From the first to the last of them: they are found with one look into the conversation. */
    int MAX_REPORTED_SPAN = 200;

    int MAX_REASON = 500;
    int MAX_WATCHED = 256;
    int MAX_WATCH_SECONDS = 600;
    int USUAL_WATCH_SECONDS = 300;

    CallMethod method();

    /** About a group. */
    sealed interface OfGroup extends CallRequest {}

    /**
     * @param group chosen by the creator, or null: the server makes one
     * @param settings what differs from the usual ones; texts are not empty
     * @param members the others; may name the creator, who is a member anyway
     */
    record GroupCreate(@Nullable GroupId group, GroupPatch settings, List<UserId> members) implements OfGroup {
        public GroupCreate {
            members = List.copyOf(members);
        }

        @Override
        public CallMethod method() {
            return CallMethod.GROUP_CREATE;
        }
    }

    /** @param users one or more, each once */
    record GroupAdd(GroupId group, List<UserId> users) implements OfGroup {
        public GroupAdd {
            users = List.copyOf(users);
        }

        @Override
        public CallMethod method() {
            return CallMethod.GROUP_ADD;
        }
    }

    /** @param users one or more, each once */
    record GroupRemove(GroupId group, List<UserId> users) implements OfGroup {
        public GroupRemove {
            users = List.copyOf(users);
        }

        @Override
        public CallMethod method() {
            return CallMethod.GROUP_REMOVE;
        }
    }

    record GroupLeave(GroupId group) implements OfGroup {
        @Override
        public CallMethod method() {
            return CallMethod.GROUP_LEAVE;
        }
    }

    /**
     * @param after members behind this one, from {@code next} of the page before, or null
     * @param limit 1…1000
     */
    record GroupInfo(GroupId group, @Nullable UserId after, int limit) implements OfGroup {
        @Override
        public CallMethod method() {
            return CallMethod.GROUP_INFO;
        }
    }

    /** @param change at least one setting; an empty text takes it away */
    record GroupUpdate(GroupId group, GroupPatch change) implements OfGroup {
        @Override
        public CallMethod method() {
            return CallMethod.GROUP_UPDATE;
        }
    }

    record GroupRole(GroupId group, UserId user, MemberRole role) implements OfGroup {
        @Override
        public CallMethod method() {
            return CallMethod.GROUP_ROLE;
        }
    }

    /** @param banned false: the ban ends */
    record GroupBan(GroupId group, UserId user, boolean banned) implements OfGroup {
        @Override
        public CallMethod method() {
            return banned ? CallMethod.GROUP_BAN : CallMethod.GROUP_UNBAN;
        }
    }

    /** @param seconds how long, 0…{@link #MAX_MUTE_SECONDS}; 0 ends it */
    record GroupMute(GroupId group, UserId user, long seconds) implements OfGroup {
        @Override
        public CallMethod method() {
            return CallMethod.GROUP_MUTE;
        }
    }

    /** @param users one or more, each once */
    record GroupInvite(GroupId group, List<UserId> users) implements OfGroup {
        public GroupInvite {
            users = List.copyOf(users);
        }

        @Override
        public CallMethod method() {
            return CallMethod.GROUP_INVITE;
        }
    }

    record GroupJoin(GroupId group) implements OfGroup {
        @Override
        public CallMethod method() {
            return CallMethod.GROUP_JOIN;
        }
    }

    record GroupDecline(GroupId group) implements OfGroup {
        @Override
        public CallMethod method() {
            return CallMethod.GROUP_DECLINE;
        }
    }

    /** @param users one or more, each once */
    record GroupRefuse(GroupId group, List<UserId> users) implements OfGroup {
        public GroupRefuse {
            users = List.copyOf(users);
        }

        @Override
        public CallMethod method() {
            return CallMethod.GROUP_REFUSE;
        }
    }

    record GroupDelete(GroupId group) implements OfGroup {
        @Override
        public CallMethod method() {
            return CallMethod.GROUP_DELETE;
        }
    }

    /** @param body new body of the message; whether it is too large is not yet said */
    record MessageEdit(ConversationName conv, long seq, Bytes body) implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.MESSAGE_EDIT;
        }
    }

    /**
     * @param seqs at most 1,000 in at most 256 ranges
     * @param forAll true: for everybody; false: the caller alone sees them no more
     */
    record MessageDelete(ConversationName conv, SeqRanges seqs, boolean forAll) implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.MESSAGE_DELETE;
        }
    }

    /**
     * @param changedSince Unix milliseconds, or null
     * @param after conversations behind this one, from {@code next} of the page before, or null
     * @param limit 1…1000
     */
    record Inbox(@Nullable Long changedSince, @Nullable ConversationName after, int limit) implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.INBOX;
        }
    }

    /**
     * At most one of the four is given.
     *
     * @param before seqs below it, or null
     * @param after seqs above it, or null
     * @param beforeTs what is older than this time, Unix milliseconds, or null
     * @param afterTs what is younger than this time, Unix milliseconds, or null
     * @param limit 1…200
     */
    record History(
            ConversationName conv,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable Long beforeTs,
            @Nullable Long afterTs,
            int limit)
            implements CallRequest {
        /** True if the page goes on from older to younger. */
        public boolean ascending() {
            return after != null || afterTs != null;
        }

        @Override
        public CallMethod method() {
            return CallMethod.HISTORY;
        }
    }

    /**
     * @param seqs at most 20, the last less than 200 above the first
     * @param reason 1…500 characters
     */
    record MessageReport(ConversationName conv, SeqRanges seqs, String reason) implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.MESSAGE_REPORT;
        }
    }

    record Mute(ConversationName conv, MutePatch change) implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.MUTE;
        }
    }

    /** @param unblock true for {@code unblock} */
    record Block(UserId user, boolean unblock) implements CallRequest {
        @Override
        public CallMethod method() {
            return unblock ? CallMethod.UNBLOCK : CallMethod.BLOCK;
        }
    }

    /**
     * @param users at most 256, each once; empty: no longer
     * @param seconds 1…600
     */
    record PresenceWatch(List<UserId> users, int seconds) implements CallRequest {
        public PresenceWatch {
            users = List.copyOf(users);
        }

        @Override
        public CallMethod method() {
            return CallMethod.PRESENCE_WATCH;
        }
    }

    record DeviceList() implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.DEVICE_LIST;
        }
    }

    record DeviceForget(DeviceId device) implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.DEVICE_FORGET;
        }
    }

    /** Each null leaves as it is; all null only asks. */
    record MeSettings(
            @Nullable Boolean receipts,
            @Nullable Boolean presence,
            @Nullable Boolean lastSeen) implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.ME_SETTINGS;
        }
    }

    /**
     * {@code push.register}, {@code push.unregister}, {@code push.settings}.
     *
     * @param arguments as they came; the push bridge reads them
     * @param cbor true: they are CBOR, else JSON
     */
    record Push(CallMethod method, Bytes arguments, boolean cbor) implements CallRequest {}

    record Me() implements CallRequest {
        @Override
        public CallMethod method() {
            return CallMethod.ME;
        }
    }
}
