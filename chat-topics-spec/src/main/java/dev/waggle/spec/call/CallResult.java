package dev.waggle.spec.call;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Standings;
import dev.waggle.spec.message.UserSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call answers (PROTOCOL §5). Times are Unix milliseconds if nothing else is said. */
public sealed interface CallResult {

    /** Of a call about a group. */
    sealed interface OfGroup extends CallResult {
        /** Of the event that it became; the last one of the conversation if nothing changed. */
        long seq();
    }

    record GroupCreated(GroupId group, long seq) implements OfGroup {}

    record GroupAdded(List<UserId> added, long seq) implements OfGroup {
        public GroupAdded {
            added = List.copyOf(added);
        }
    }

    record GroupRemoved(List<UserId> removed, long seq) implements OfGroup {
        public GroupRemoved {
            removed = List.copyOf(removed);
        }
    }

    record GroupInvited(List<UserId> invited, long seq) implements OfGroup {
        public GroupInvited {
            invited = List.copyOf(invited);
        }
    }

    /** @param seq of the edit, and its time */
    record MessageEdited(long seq, long ts) implements CallResult {}

    /**
     * @param deleted how many messages were there and are gone
     * @param seq of the event, or the last of the conversation if nothing is newly gone
     */
    record MessagesDeleted(long deleted, long seq) implements CallResult {}

    record GroupRefused(List<UserId> refused, long seq) implements OfGroup {
        public GroupRefused {
            refused = List.copyOf(refused);
        }
    }

    /** @param joined false: somebody has to say yes first */
    record GroupJoined(boolean joined, long seq) implements OfGroup {}

    /** Any other change of a group. */
    record GroupChanged(long seq) implements OfGroup {}

    /**
     * @param role the caller's
     * @param standings of whom the caller may know
     * @param next the last member of the page if there are more, for {@code after}; else null
     */
    record GroupInfo(
            GroupId group,
            GroupSettings settings,
            MemberRole role,
            List<Member> members,
            Standings standings,
            @Nullable UserId next)
            implements CallResult {
        public GroupInfo {
            members = List.copyOf(members);
        }
    }

    /** @param next the last conversation of the page if there are more, for {@code after}; else null */
    record Inbox(List<Conversation> conversations, @Nullable ConversationName next) implements CallResult {
        public Inbox {
            conversations = List.copyOf(conversations);
        }
    }

    /**
     * One line of an inbox.
     *
     * @param delivered highest seq that any device of the caller acknowledged
     * @param read highest seq that the caller has read
     * @param unread messages above read that the caller did not send
     * @param mutedUntil Unix milliseconds, 0: not muted
     */
    record Conversation(
            ConversationName conv,
            long last,
            long lastTs,
            long delivered,
            long read,
            long unread,
            long mutedUntil,
            OwnSettings.Level level) {}

    /**
     * @param messages ascending by seq
     * @param first lowest seq of the conversation that the caller may see, or 0
     * @param last highest seq of the conversation, or 0
     * @param next the seq to continue with, as {@code before} or {@code after} as in the request; null at the end
     */
    record History(
            List<Event.LogEntry> messages,
            long first,
            long last,
            @Nullable Long next) implements CallResult {
        public History {
            messages = List.copyOf(messages);
        }
    }

    /**
     * @param users those that the caller may see
     * @param until the watch ends, Unix milliseconds
     */
    record PresenceWatch(List<Seen> users, long until) implements CallResult {
        public PresenceWatch {
            users = List.copyOf(users);
        }
    }

    /** @param since when that began, Unix milliseconds, or 0: it is not said */
    record Seen(UserId user, Activity state, long since) {}

    /**
     * Answer to {@code mute}: as it is now.
     *
     * @param until Unix milliseconds, 0: not muted
     */
    record Muted(long until, OwnSettings.Level level) implements CallResult {}

    /** @param report its id, for asking about it */
    record Reported(String report) implements CallResult {}

    /** Answer to {@code block}, {@code unblock} and {@code me.settings}: all of them as they are now. */
    record Settings(UserSettings settings) implements CallResult {}

    /** Those that have a place in the inbox or are connected, in order of their ids. */
    record Devices(List<Device> devices) implements CallResult {
        public Devices {
            devices = List.copyOf(devices);
        }
    }

    /**
     * @param durable it has a place in the inbox
     * @param lastSeen when it was last known to be connected
     * @param expires when its place is forgotten if it does not come back; 0: it is connected, or has none
     * @param push it is registered to be woken
     */
    record Device(DeviceId device, boolean online, boolean durable, long lastSeen, long expires, boolean push) {}

    /** @param forgotten false: there was no such device */
    record DeviceForgotten(boolean forgotten) implements CallResult {}

    /** Answer to a {@link CallRequest.Push}: an object in JSON, as the push bridge wrote it. */
    record Push(Bytes json) implements CallResult {}

    /**
     * @param roles names of the token's roles, those of the configuration too
     * @param exp end of the token, Unix seconds
     * @param now server time, Unix milliseconds
     */
    record Me(UserId user, @Nullable DeviceId device, List<String> roles, long exp, Limits limits, long now)
            implements CallResult {
        public Me {
            roles = List.copyOf(roles);
        }
    }
}
