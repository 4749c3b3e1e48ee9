package dev.waggle.spec.codec;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.SeqRange;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import dev.waggle.spec.message.MutePatch;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.UserSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The values that occur in more than one binary form, each with its writer and its reader. A row of the store may use
 * them too; what stands here never changes its bytes: a new form is a new version of the row that holds it.
 */
public final class SharedLayouts {
    private static final int MAX_QOS = 2;
    private static final int MAX_SUBSCRIPTION_ID = 268_435_455;

    private static final int CONTENT_TYPE = 1;
    private static final int UTF8 = 2;
    private static final int EXPIRY = 4;
    private static final int USER_PROPERTIES = 8;

    private SharedLayouts() {}

    public static void actor(BinaryWriter out, Actor actor) {
        out.author(actor.author()).maybeDevice(actor.device()).u8(code(actor.role()));
    }

    public static Actor actor(BinaryReader in) {
        return new Actor(in.author(), in.maybeDevice(), role(in));
    }

    public static void key(BinaryWriter out, @Nullable SendKey key) {
        out.flag(key != null);
        if (key != null) {
            out.bytes(key.bytes());
        }
    }

    public static @Nullable SendKey key(BinaryReader in) {
        return in.flag() ? new SendKey(in.bytes()) : null;
    }

    public static void properties(BinaryWriter out, MessageProperties properties) {
        String contentType = properties.contentType();
        out.u8((contentType == null ? 0 : CONTENT_TYPE)
                | (properties.utf8() ? UTF8 : 0)
                | (properties.expirySeconds() == 0 ? 0 : EXPIRY)
                | (properties.user().isEmpty() ? 0 : USER_PROPERTIES));
        if (contentType != null) {
            out.text(contentType);
        }
        if (properties.expirySeconds() != 0) {
            out.number(properties.expirySeconds());
        }
        if (!properties.user().isEmpty()) {
            out.list(
                    properties.user(),
                    (to, property) -> to.text(property.name()).text(property.value()));
        }
    }

    public static MessageProperties properties(BinaryReader in) {
        int parts = in.u8();
        if (parts > (CONTENT_TYPE | UTF8 | EXPIRY | USER_PROPERTIES)) {
            throw in.bad("unknown parts of properties");
        }
        return new MessageProperties(
                (parts & CONTENT_TYPE) == 0 ? null : in.text(),
                (parts & UTF8) != 0,
                (parts & EXPIRY) == 0 ? 0 : in.number(),
                (parts & USER_PROPERTIES) == 0
                        ? MessageProperties.NONE.user()
                        : in.list(from -> new UserProperty(from.text(), from.text())));
    }

    public static void filter(BinaryWriter out, Filter filter) {
        out.text(filter.topic())
                .u8(filter.qos())
                .flag(filter.noLocal())
                .flag(filter.retainAsPublished())
                .u8(filter.retainHandling())
                .maybeNumber(filter.subscriptionId());
    }

    public static Filter filter(BinaryReader in) {
        return new Filter(
                in.text(),
                in.number(MAX_QOS),
                in.flag(),
                in.flag(),
                in.number(MAX_QOS),
                in.maybeNumber(MAX_SUBSCRIPTION_ID));
    }

    public static void progress(BinaryWriter out, DeviceProgress progress) {
        out.number(progress.cursor())
                .list(progress.above(), BinaryWriter::number)
                .number(progress.sentUpTo());
    }

    public static DeviceProgress progress(BinaryReader in) {
        return new DeviceProgress(in.number(), in.list(BinaryReader::number), in.number());
    }

    public static void member(BinaryWriter out, Member member) {
        GroupLayouts.role(out.user(member.user()), member.role());
        out.number(member.since()).number(member.firstSeq());
    }

    public static Member member(BinaryReader in) {
        return new Member(in.user(), GroupLayouts.role(in), in.number(), in.number());
    }

    public static void mark(BinaryWriter out, Mark mark) {
        out.number(mark.firstSeq())
                .number(mark.delivered())
                .number(mark.read())
                .number(mark.shownDelivered())
                .number(mark.shownRead())
                .number(mark.shownAt())
                .number(mark.readAt());
    }

    public static Mark mark(BinaryReader in) {
        return new Mark(in.number(), in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
    }

    /** What the user has decided. */
    public static void settings(BinaryWriter out, UserSettings settings) {
        out.list(new TreeSet<>(settings.blocked()), BinaryWriter::user)
                .flag(settings.receipts())
                .flag(settings.presence())
                .flag(settings.lastSeen());
    }

    public static UserSettings settings(BinaryReader in) {
        return new UserSettings(
                Set.copyOf(new TreeSet<>(in.list(BinaryReader::user))), in.flag(), in.flag(), in.flag());
    }

    /** With what was decided about the user. */
    public static void standing(BinaryWriter out, UserSettings settings) {
        settings(out, settings);
        out.flag(settings.shadowed());
    }

    public static UserSettings standing(BinaryReader in) {
        UserSettings own = settings(in);
        return new UserSettings(own.blocked(), own.receipts(), own.presence(), own.lastSeen(), in.flag());
    }

    public static void missing(BinaryWriter out, InboxItem.Missing missing) {
        out.number(missing.position())
                .conversation(missing.conversation())
                .number(missing.from())
                .number(missing.to());
    }

    public static InboxItem.Missing missing(BinaryReader in) {
        return new InboxItem.Missing(in.number(), in.conversation(), in.number(), in.number());
    }

    /** A seq or a position per conversation. */
    public static void seqs(BinaryWriter out, Map<ConversationId, Long> seqs) {
        out.list(seqs.entrySet(), (to, one) -> to.conversation(one.getKey()).number(one.getValue()));
    }

    public static Map<ConversationId, Long> seqs(BinaryReader in) {
        Map<ConversationId, Long> seqs = new HashMap<>();
        for (Map.Entry<ConversationId, Long> one : in.list(from -> Map.entry(from.conversation(), from.number()))) {
            seqs.put(one.getKey(), one.getValue());
        }
        return Map.copyOf(seqs);
    }

    /** Sets of seqs; the distance from range to range, since those are small numbers. */
    public static void ranges(BinaryWriter out, SeqRanges seqs) {
        out.number(seqs.ranges().size());
        long before = 0;
        for (SeqRange range : seqs.ranges()) {
            out.number(range.from() - before).number(range.to() - range.from());
            before = range.to();
        }
    }

    public static SeqRanges ranges(BinaryReader in) {
        int count = in.number(in.left());
        List<SeqRange> ranges = new ArrayList<>(count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            long from = before + in.number();
            long to = from + in.number();
            if (from <= before || to < from) {
                throw in.bad("its ranges of seqs do not ascend");
            }
            ranges.add(new SeqRange(from, to));
            before = to;
        }
        return new SeqRanges(ranges);
    }

    public static void own(BinaryWriter out, OwnSettings own) {
        out.number(own.mutedUntil()).u8(code(own.level()));
        ranges(out, own.hidden());
        out.number(own.at());
    }

    public static OwnSettings own(BinaryReader in) {
        return new OwnSettings(in.number(), level(in), ranges(in), in.number());
    }

    static void level(BinaryWriter out, OwnSettings.Level level) {
        out.u8(code(level));
    }

    static void mute(BinaryWriter out, MutePatch change) {
        OwnSettings.Level level = change.level();
        maybe(maybe(out, change.seconds()), change.until()).flag(level != null);
        if (level != null) {
            level(out, level);
        }
    }

    static MutePatch mute(BinaryReader in) {
        Long seconds = in.flag() ? in.number() : null;
        Long until = in.flag() ? in.number() : null;
        return new MutePatch(seconds, until, in.flag() ? level(in) : null);
    }

    private static BinaryWriter maybe(BinaryWriter out, @Nullable Long number) {
        return number == null ? out.flag(false) : out.flag(true).number(number);
    }

    public static void recordKey(BinaryWriter out, RecordKey key) {
        out.text(key.kind()).bytes(key.key());
    }

    public static RecordKey recordKey(BinaryReader in) {
        return new RecordKey(in.text(), in.bytes());
    }

    /** Positions by device, in the order of the devices' ids. */
    public static void handled(BinaryWriter out, Map<DeviceId, Long> handled) {
        out.list(
                new TreeMap<>(handled).entrySet(),
                (to, entry) -> to.device(entry.getKey()).number(entry.getValue()));
    }

    public static Map<DeviceId, Long> handled(BinaryReader in) {
        Map<DeviceId, Long> handled = new HashMap<>();
        for (Map.Entry<DeviceId, Long> entry : in.list(from -> Map.entry(from.device(), from.number()))) {
            handled.put(entry.getKey(), entry.getValue());
        }
        return Map.copyOf(handled);
    }

    public static void maybeBytes(BinaryWriter out, @Nullable Bytes value) {
        out.flag(value != null);
        if (value != null) {
            out.bytes(value);
        }
    }

    public static @Nullable Bytes maybeBytes(BinaryReader in) {
        return in.flag() ? in.bytes() : null;
    }

    // The codes are on disk: they are given here and not by the order of the constants.

    private static int code(Actor.Role role) {
        switch (role) {
            case USER:
                return 1;
            case SERVICE:
                return 2;
            case MODERATOR:
                return 3;
            case ADMIN:
                return 4;
        }
        throw new IllegalStateException("a role without a code: " + role);
    }

    private static Actor.Role role(BinaryReader in) {
        switch (in.u8()) {
            case 1:
                return Actor.Role.USER;
            case 2:
                return Actor.Role.SERVICE;
            case 3:
                return Actor.Role.MODERATOR;
            case 4:
                return Actor.Role.ADMIN;
            default:
                throw in.bad("unknown role");
        }
    }

    private static int code(OwnSettings.Level level) {
        switch (level) {
            case ALL:
                return 1;
            case MENTIONS:
                return 2;
            case NONE:
                return 3;
        }
        throw new IllegalStateException("a level without a code: " + level);
    }

    static OwnSettings.Level level(BinaryReader in) {
        switch (in.u8()) {
            case 1:
                return OwnSettings.Level.ALL;
            case 2:
                return OwnSettings.Level.MENTIONS;
            case 3:
                return OwnSettings.Level.NONE;
            default:
                throw in.bad("unknown level of what a user is told");
        }
    }
}
