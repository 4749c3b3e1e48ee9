package dev.waggle.spec.message;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer to a {@link Command} that was carried out; given only after the commit. */
public sealed interface Reply {

    /** A message is stored. */
    record Sent(long seq, long ts) implements Reply {}

    /** {@code group.create}. */
    record GroupCreated(GroupId group, long seq) implements Reply {}

    /** {@code group.add}: who is new. Seq is the last of the conversation if nobody is. */
    record MembersAdded(List<UserId> added, long seq) implements Reply {}

    /** {@code group.remove}: who is gone. Seq is the last of the conversation if nobody is. */
    record MembersRemoved(List<UserId> removed, long seq) implements Reply {}

    /** {@code group.leave}. */
    record GroupLeft(long seq) implements Reply {}

    /** {@code group.invite}: who may join now and could not before. Seq is the last of the conversation if nobody. */
    record MembersInvited(List<UserId> invited, long seq) implements Reply {}

    /** {@code group.refuse}: whose request or invitation is gone. Seq is the last of the conversation if nobody's. */
    record MembersRefused(List<UserId> refused, long seq) implements Reply {}

    /**
     * {@code group.join}.
     *
     * @param joined false: the request waits for somebody to say yes
     */
    record GroupJoined(boolean joined, long seq) implements Reply {}

    /** The other changes of a group. Seq is the last of the conversation if it was so before. */
    record GroupChanged(long seq) implements Reply {}

    /** {@code message.edit}: seq and time of the edit. */
    record Edited(long seq, long ts) implements Reply {}

    /**
     * {@code message.delete} for all.
     *
     * @param deleted how many messages were there and are gone
     * @param seq of the event; the last of the conversation if nothing is newly gone
     */
    record Deleted(long deleted, long seq) implements Reply {}

    /**
     * {@code mute}: as it is now.
     *
     * @param until Unix milliseconds, 0: not muted
     */
    record Muted(long until, OwnSettings.Level level) implements Reply {}

    /**
     * A device is connected.
     *
     * @param present Session Present
     * @param epoch number of this session of the device; 0 for a transient one
     * @param subscribed the record has had its first SUBSCRIBE: until then nothing is due and nothing passed over
     * @param filters in force again
     * @param progress where to go on
     * @param dupBefore entries with a ts below it carry DUP (an earlier process crashed while the device was on), or 0
     * @param inboxEnd last position of the inbox
     * @param waiting entries above the cursor, about
     * @param withheldBefore entries of these conversations below these positions must not go out: a right was revoked
     * @param setAside positions that five connections in a row did not acknowledge: a gap takes their place
     * @param openPackets QoS 2 packet ids received and not released
     * @param marksAt marks of others that changed before this time are known to the device, Unix milliseconds
     */
    record SessionOpened(
            boolean present,
            long epoch,
            boolean subscribed,
            List<Filter> filters,
            DeviceProgress progress,
            long dupBefore,
            long inboxEnd,
            long waiting,
            Map<ConversationId, Long> withheldBefore,
            Set<Long> setAside,
            Set<Integer> openPackets,
            long marksAt)
            implements Reply {
        /** With {@code subscribed} exactly if there are filters, and knowing no marks. */
        public SessionOpened(
                boolean present,
                long epoch,
                List<Filter> filters,
                DeviceProgress progress,
                long dupBefore,
                long inboxEnd,
                long waiting,
                Map<ConversationId, Long> withheldBefore,
                Set<Long> setAside,
                Set<Integer> openPackets) {
            this(
                    present,
                    epoch,
                    !filters.isEmpty(),
                    filters,
                    progress,
                    dupBefore,
                    inboxEnd,
                    waiting,
                    withheldBefore,
                    setAside,
                    openPackets,
                    0);
        }
    }

    /**
     * Filters are on disk.
     *
     * @param inboxEnd last position of the inbox at this commit: a transient device starts behind it
     */
    record FiltersChanged(long inboxEnd, Map<ConversationId, Long> withheldBefore) implements Reply {}

    /**
     * A record is as it was asked for.
     *
     * @param version that it has now, for the next change; 0 if it is gone
     */
    record RecordPut(long version) implements Reply {}

    /**
     * A device is registered for pushes, or not any more.
     *
     * @param version of the registration; 0 if there is none
     */
    record PushKept(long version) implements Reply {}

    /** @param forgotten false: there was no such device */
    record DeviceForgotten(boolean forgotten) implements Reply {}

    /** The user's settings are these. */
    record SettingsKept(UserSettings settings) implements Reply {}

    /** Nothing to say but that it is done. */
    record Done() implements Reply {}
}
