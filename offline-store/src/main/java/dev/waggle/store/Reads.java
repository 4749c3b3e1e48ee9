package dev.waggle.store;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.Standings;
import dev.waggle.spec.message.UserSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Queries. Each answer comes from one snapshot of committed state, on a reader thread. A stage completes exceptionally
 * only if the disk failed; refusals are values.
 */
public interface Reads {

    /**
     * The next items of an inbox, ascending by position, starting above {@code after}. An entry whose log row is gone is
     * a {@link InboxItem.Missing}.
     *
     * @param maxItems 1…512
     * @param maxBytes sum of bodies after which the page ends; at least one item is given if there is one
     */
    CompletionStage<List<InboxItem>> backlog(UserId user, long after, int maxItems, int maxBytes);

    /**
     * What of an inbox comes before all else: items of the conversations in which a message of high priority waits above
     * {@code after}, each conversation up to its last such message, ascending by position. Mostly empty.
     *
     * @param maxItems 1…512
     * @param maxBytes as of {@link #backlog}
     */
    CompletionStage<List<InboxItem>> urgent(UserId user, long after, int maxItems, int maxBytes);

    /**
     * One page of a conversation for one reader, ascending by seq.
     *
     * @param before seqs below it, newest page first, or null
     * @param after seqs above it, oldest page first, or null; both null means the newest page
     * @param limit 1…200
     */
    CompletionStage<Answer<HistoryPage>> history(
            UserId reader, ConversationId conversation, @Nullable Long before, @Nullable Long after, int limit);

    /**
     * The same by time; at most one of the two is given.
     *
     * @param beforeTs what is older than it, Unix milliseconds, youngest page first, or null
     * @param afterTs what is younger than it, Unix milliseconds, oldest page first, or null
     */
    CompletionStage<Answer<HistoryPage>> historyByTime(
            UserId reader, ConversationId conversation, @Nullable Long beforeTs, @Nullable Long afterTs, int limit);

    /**
     * @param first lowest seq the reader may see, or 0 if there is none
     * @param last highest seq of the conversation
     * @param more true if there is more in the direction of paging
     */
    record HistoryPage(List<Event.LogEntry> entries, long first, long last, boolean more) {}

    /**
     * The user's conversations in a stable order.
     *
     * @param changedSince only those whose last entry is younger, Unix milliseconds, or null
     * @param after continue behind this conversation, or null
     * @param limit 1…1000
     */
    CompletionStage<InboxPage> inbox(
            UserId user, @Nullable Long changedSince, @Nullable ConversationName after, int limit);

    record InboxPage(List<ConversationSummary> conversations, boolean more) {}

    /**
     * @param last last seq
     * @param lastTs its time, Unix milliseconds
     * @param delivered highest seq that any device of the user acknowledged
     * @param read highest seq the user has read
     * @param unread messages above read that the user did not send
     * @param mutedUntil Unix milliseconds, 0: not muted
     */
    record ConversationSummary(
            ConversationName conversation,
            long last,
            long lastTs,
            long delivered,
            long read,
            long unread,
            long mutedUntil,
            OwnSettings.Level level) {}

    /**
     * Settings and members of a group, for a member.
     *
     * @param after continue behind this member (members are in order of their ids), or null
     */
    CompletionStage<Answer<GroupPage>> group(UserId reader, GroupId group, @Nullable UserId after, int limit);

    /**
     * @param role the reader's
     * @param standings of those that the reader may know of, on the first page only
     */
    record GroupPage(
            GroupId group,
            GroupSettings settings,
            MemberRole role,
            List<Member> members,
            Standings standings,
            boolean more) {}

    /**
     * Everybody who is told what happens in a conversation but is not kept: two people, or the members of a group; nobody
     * if the group does not exist.
     */
    CompletionStage<Audience> audience(ConversationId conversation);

    /**
     * @param members in order of their ids
     * @param settings of those who have decided something
     */
    record Audience(List<UserId> members, Map<UserId, UserSettings> settings) {
        public Audience {
            members = List.copyOf(members);
            settings = Map.copyOf(settings);
        }

        public UserSettings settings(UserId member) {
            return settings.getOrDefault(member, UserSettings.USUAL);
        }
    }

    /**
     * Marks that changed while a device was away, in the order of the conversations' names.
     *
     * @param since only what changed after this time, Unix milliseconds
     * @param after continue behind this conversation, or null
     * @param mostMembers larger groups are left out, but for the user's own mark
     */
    CompletionStage<MarkPage> marks(UserId user, long since, @Nullable ConversationName after, int mostMembers);

    /** @param next continue behind it, or null at the end */
    record MarkPage(List<ChangedMarks> changed, @Nullable ConversationName next) {}

    /**
     * @param members how many the conversation has
     * @param marks that changed: of others what they show, of the user what was read
     */
    record ChangedMarks(ConversationName conversation, int members, Map<UserId, Mark> marks) {}

    /**
     * Those of the users whose presence the viewer may see: they share a conversation with it and allow it, and neither has
     * blocked the other.
     *
     * @param users at most 256
     */
    CompletionStage<Map<UserId, Acquaintance>> acquaintances(UserId viewer, List<UserId> users);

    /** @param lastSeen when a durable device of the user was last known to be connected, Unix milliseconds, or 0 */
    record Acquaintance(UserSettings settings, long lastSeen) {}

    /**
     * What the user has set for conversations and changed after a time, in order of their names.
     *
     * @param since Unix milliseconds
     * @param after continue behind this conversation, from {@link OwnPage#next}, or null
     */
    CompletionStage<OwnPage> own(UserId user, long since, @Nullable ConversationName after);

    /** @param next continue behind it, or null at the end */
    record OwnPage(
            Map<ConversationName, OwnSettings> changed,
            @Nullable ConversationName next) {}

    /**
     * What there is to know of a user for whom a push may be due.
     *
     * @param limit entries looked at, 1…512
     */
    default CompletionStage<Sleepers> sleepers(UserId user, int limit) {
        return sleepers(user, 0, limit);
    }

    /**
     * The same, but for what waits: whatever is due or was dealt with, the entries are looked at from this position on.
     *
     * @param from position in the inbox, or 0: from the first that is due
     */
    CompletionStage<Sleepers> sleepers(UserId user, long from, int limit);

    /**
     * @param last position up to which the entries were looked at; that of the inbox unless there is {@code more}
     * @param from the first position that somebody may have to be woken for, or 0: nothing is due
     * @param devices that can be woken
     * @param waiting what may deserve a push, ascending by position; nothing that the user may not see any more
     * @param unread messages in all conversations of the user
     */
    record Sleepers(long last, long from, List<Sleeper> devices, List<Unpushed> waiting, boolean more, long unread) {}

    /**
     * @param version of the registration
     * @param registration as it was kept
     * @param handled position up to which nothing is left to be done
     * @param progress of the durable device; null if there is no record of it
     * @param onlineSince Unix milliseconds, or 0: its connection has ended, or it has no record
     * @param lastSeen Unix milliseconds, or 0
     */
    record Sleeper(
            DeviceId device,
            long version,
            Bytes registration,
            long handled,
            @Nullable DeviceProgress progress,
            long onlineSince,
            long lastSeen) {}

    /**
     * @param own what the user has set for the conversation
     * @param read the user has read it on some device
     * @param groupName name of the group, or null
     */
    record Unpushed(
            long position,
            Event.LogEntry entry,
            OwnSettings own,
            boolean read,
            @Nullable String groupName) {}

    /** The user's durable devices and those registered for pushes, in order of their ids; not those that have expired. */
    CompletionStage<List<KnownDevice>> devices(UserId user);

    /**
     * @param durable it has a place in the inbox
     * @param lastSeen when it was last known to be connected, Unix milliseconds, or 0
     * @param expiresAt when its place is forgotten unless it is connected then, Unix milliseconds; 0: it has none
     * @param push it is registered to be woken
     */
    record KnownDevice(DeviceId device, boolean durable, long lastSeen, long expiresAt, boolean push) {}

    /**
     * Users for whom pushes are due, in order of their ids.
     *
     * @param after continue behind this user, or null
     * @param limit 1…1000
     */
    CompletionStage<List<UserId>> duePushes(@Nullable UserId after, int limit);

    /**
     * Users whom a moderator has shadowed, in order of their ids.
     *
     * @param after continue behind this user, or null
     * @param limit 1…1000
     */
    CompletionStage<List<UserId>> shadowed(@Nullable UserId after, int limit);

    /** One record. */
    CompletionStage<Optional<StoredRecord>> record(RecordKey key);

    /**
     * The records of a kind in the order of their keys.
     *
     * @param prefix only those whose key begins with it; empty for all
     * @param after continue behind this key, 1…255 bytes, or null
     * @param limit 1…1000; a page also ends after 512 KiB of values
     */
    CompletionStage<RecordPage> records(String kind, Bytes prefix, @Nullable Bytes after, int limit);

    record RecordPage(List<StoredRecord> records, boolean more) {
        public RecordPage {
            records = List.copyOf(records);
        }
    }

    /**
     * @param version to be named by who changes it
     * @param value as it was put; its text form shows the size only
     */
    record StoredRecord(RecordKey key, long version, Bytes value) {}
}
