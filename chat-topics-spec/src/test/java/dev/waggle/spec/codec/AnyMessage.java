package dev.waggle.spec.codec;

import dev.waggle.spec.Any;
import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.SeqRange;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.HiddenFrom;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MutePatch;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.UserSettings;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of events and replies of every kind, and of their parts. */
final class AnyMessage {
    private AnyMessage() {}

    static Arbitrary<Bytes> bytes(int max) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(max).map(Bytes::wrap);
    }

    static Arbitrary<SendKey> key() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(64)
                .map(Bytes::wrap)
                .map(SendKey::new);
    }

    static Arbitrary<RecordKey> recordKey() {
        Arbitrary<Bytes> keys = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(255)
                .map(Bytes::wrap);
        return Combinators.combine(Any.group().map(group -> cut(group.value())), keys)
                .as(RecordKey::new);
    }

    private static String cut(String id) {
        return id.substring(0, Math.min(id.length(), RecordKey.MAX_KIND_LENGTH));
    }

    static Arbitrary<Actor> actor() {
        return Combinators.combine(Any.author(), Any.device().injectNull(0.3), Arbitraries.of(Actor.Role.class))
                .as(Actor::new);
    }

    static Arbitrary<MessageProperties> properties() {
        Arbitrary<MessageProperties> some = Combinators.combine(
                        Any.text(20).injectNull(0.5),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL),
                        Combinators.combine(Any.text(5), Any.text(5))
                                .as(MessageProperties.UserProperty::new)
                                .list()
                                .ofMaxSize(3))
                .as(MessageProperties::new);
        return Arbitraries.oneOf(some, Arbitraries.just(MessageProperties.NONE));
    }

    static Arbitrary<Filter> filter() {
        return Combinators.combine(
                        Any.text(20),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 268_435_455).injectNull(0.5))
                .as(Filter::new);
    }

    static Arbitrary<DeviceProgress> progress() {
        return Combinators.combine(Any.number(), positions(), Any.number()).as(DeviceProgress::new);
    }

    static Arbitrary<InboxItem.Missing> missing() {
        return Combinators.combine(Any.number(), Any.conversation(), Any.seq(), Any.seq())
                .as((position, conv, one, other) ->
                        new InboxItem.Missing(position, conv, Math.min(one, other), Math.max(one, other)));
    }

    static Arbitrary<Member> member() {
        return Combinators.combine(Any.user(), Arbitraries.of(MemberRole.class), Any.number(), Any.number())
                .as(Member::new);
    }

    static Arbitrary<Event.LogEntry> entry() {
        Arbitrary<Event.LogEntry> message = Combinators.combine(
                        Any.conversation(),
                        Any.number(),
                        Any.number(),
                        Any.author(),
                        Any.device().injectNull(0.3),
                        properties(),
                        bytes(40))
                .as(Event.MessageStored::new);
        Arbitrary<Event.LogEntry> ofMember = message.map(entry -> {
            Event.MessageStored stored = (Event.MessageStored) entry;
            if (!(stored.conversation() instanceof ConversationId.Direct direct)) {
                return stored;
            }
            UserId from = stored.seq() % 2 == 0 ? direct.low() : direct.high();
            return new Event.MessageStored(
                    direct,
                    stored.seq(),
                    stored.ts(),
                    new Author(from, stored.from().agent()),
                    stored.device(),
                    stored.properties(),
                    stored.body());
        });
        Arbitrary<Event.LogEntry> edited = Combinators.combine(message, Any.number(), Any.number(), bytes(40))
                .as((entry, seq, ts, body) -> ((Event.MessageStored) entry).edited(body, new Event.Edit(seq, ts)));
        Arbitrary<Event.LogEntry> hidden = Combinators.combine(
                        Arbitraries.oneOf(message, edited, edit()),
                        Any.user().list().ofMaxSize(3))
                .as((entry, users) -> entry.hiddenFrom(
                        users.isEmpty() ? HiddenFrom.allBut(entry.from().user()) : HiddenFrom.of(users)));
        return Arbitraries.oneOf(
                message,
                ofMember,
                edited,
                hidden,
                AnyGroup.membersChanged(),
                edit(),
                deletion(),
                erased(),
                AnyGroup.settings());
    }

    static Arbitrary<SeqRanges> ranges() {
        return Combinators.combine(Any.seq(), Any.seq())
                .as((one, other) -> new SeqRange(Math.min(one, other), Math.max(one, other)))
                .list()
                .ofMaxSize(4)
                .map(SeqRanges::new);
    }

    static Arbitrary<MutePatch> mute() {
        return Combinators.combine(
                        Any.number().injectNull(0.5),
                        Any.number().injectNull(0.5),
                        Arbitraries.of(OwnSettings.Level.class).injectNull(0.5))
                .as(MutePatch::new);
    }

    private static Arbitrary<OwnSettings> own() {
        return Combinators.combine(Any.number(), Arbitraries.of(OwnSettings.Level.class), ranges(), Any.number())
                .as(OwnSettings::new);
    }

    private static Arbitrary<Event.LogEntry> edit() {
        return Combinators.combine(
                        Any.conversation(),
                        Any.number(),
                        Any.number(),
                        Any.author(),
                        Any.device().injectNull(0.3),
                        Any.seq(),
                        Any.number(),
                        bytes(40))
                .as(Event.MessageEdited::new);
    }

    private static Arbitrary<Event.LogEntry> deletion() {
        return Combinators.combine(
                        Any.conversation(),
                        Any.number(),
                        Any.number(),
                        Any.author(),
                        Any.device().injectNull(0.3),
                        ranges())
                .as(Event.MessagesDeleted::new);
    }

    private static Arbitrary<Event.LogEntry> erased() {
        return Combinators.combine(
                        Any.conversation(),
                        Any.number(),
                        Any.number(),
                        Any.author(),
                        Any.device().injectNull(0.3),
                        Arbitraries.of(true, false))
                .as(Event.MessageErased::new);
    }

    static Arbitrary<Reply> reply() {
        return Arbitraries.oneOf(
                Combinators.combine(Any.number(), Any.number()).as(Reply.Sent::new),
                Combinators.combine(Any.group(), Any.number()).as(Reply.GroupCreated::new),
                Combinators.combine(Any.user().list().ofMaxSize(4), Any.number())
                        .as(Reply.MembersAdded::new),
                Combinators.combine(Any.user().list().ofMaxSize(4), Any.number())
                        .as(Reply.MembersRemoved::new),
                Any.number().map(Reply.GroupLeft::new),
                Combinators.combine(Any.user().list().ofMaxSize(4), Any.number())
                        .as(Reply.MembersInvited::new),
                Combinators.combine(Any.user().list().ofMaxSize(4), Any.number())
                        .as(Reply.MembersRefused::new),
                Combinators.combine(Arbitraries.of(true, false), Any.number()).as(Reply.GroupJoined::new),
                Any.number().map(Reply.GroupChanged::new),
                opened(),
                Combinators.combine(Any.number(), seqs()).as(Reply.FiltersChanged::new),
                Combinators.combine(Any.number(), Any.number()).as(Reply.Edited::new),
                Combinators.combine(Any.number(), Any.number()).as(Reply.Deleted::new),
                Combinators.combine(Any.number(), Arbitraries.of(OwnSettings.Level.class))
                        .as(Reply.Muted::new),
                Any.number().map(Reply.RecordPut::new),
                Any.number().map(Reply.PushKept::new),
                Arbitraries.of(true, false).map(Reply.DeviceForgotten::new),
                settings().map(Reply.SettingsKept::new),
                Arbitraries.just(new Reply.Done()));
    }

    static Arbitrary<Event> event() {
        Arbitrary<Event> key = Combinators.combine(
                        Any.conversation(),
                        Any.author(),
                        Arbitraries.of(true, false),
                        key(),
                        bytes(16),
                        reply(),
                        Any.number())
                .as(Event.KeyRemembered::new);
        return Arbitraries.oneOf(
                entry(),
                key,
                Combinators.combine(Any.user(), Any.number(), entry()).as(Event.EntryAdded::new),
                Combinators.combine(Any.user(), Any.conversation(), Any.number())
                        .as(Event.ConversationWithheld::new),
                Combinators.combine(
                                Any.user(),
                                Any.device(),
                                Any.number(),
                                Arbitraries.of(true, false),
                                Any.number(),
                                Any.number(),
                                Any.number())
                        .as(Event.DeviceOpened::new),
                Combinators.combine(
                                Any.user(),
                                Any.device(),
                                Any.number(),
                                Any.number(),
                                progress(),
                                positions(),
                                Any.number(),
                                Any.number())
                        .as(Event.DeviceClosed::new),
                Combinators.combine(Any.user(), Any.device()).as(Event.DeviceForgotten::new),
                Combinators.combine(Any.user(), Any.device(), progress()).as(Event.CursorMoved::new),
                Combinators.combine(Any.user(), Any.device(), filter().list().ofMaxSize(3))
                        .as(Event.FiltersKept::new),
                Combinators.combine(Any.user(), Any.device(), packetId(), Any.number(), Any.number())
                        .as(Event.PacketTaken::new),
                Combinators.combine(Any.user(), Any.device(), packetId()).as(Event.PacketReleased::new),
                Combinators.combine(
                                Any.user(),
                                Any.conversation(),
                                mark(),
                                Any.device().injectNull(0.5))
                        .as(Event.MarkMoved::new),
                Combinators.combine(
                                Any.user(),
                                Any.conversation(),
                                own(),
                                Any.device().injectNull(0.3))
                        .as(Event.OwnChanged::new),
                Combinators.combine(Any.user(), Any.number(), Any.number()).as(Event.ConversationStarted::new),
                Combinators.combine(Any.user(), settings()).as(Event.UserSettingsChanged::new),
                Combinators.combine(
                                Any.user(),
                                Any.device(),
                                Any.number(),
                                bytes(40).injectNull(0.3))
                        .as(Event.PushKept::new),
                Combinators.combine(Any.user(), Any.number(), Any.number()).as(Event.PushDue::new),
                Combinators.combine(Any.user(), handled()).as(Event.PushSettled::new),
                Combinators.combine(Any.user(), Any.number(), missing().list().ofMaxSize(3))
                        .as(Event.InboxTrimmed::new),
                Combinators.combine(Any.conversation(), Any.number(), Any.number())
                        .as(Event.LogTrimmed::new),
                Combinators.combine(recordKey(), Any.number(), bytes(40).injectNull(0.3))
                        .as(Event.RecordChanged::new));
    }

    static Arbitrary<Map<DeviceId, Long>> handled() {
        return Arbitraries.maps(Any.device(), Any.number()).ofMaxSize(3);
    }

    private static Arbitrary<Reply> opened() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        filter().list().ofMaxSize(3),
                        progress(),
                        Any.number().list().ofSize(5),
                        seqs(),
                        Any.number().set().ofMaxSize(3),
                        packetId().set().ofMaxSize(3))
                .as((present, subscribed, filters, progress, five, withheld, setAside, open) -> new Reply.SessionOpened(
                        present,
                        five.get(3),
                        subscribed,
                        filters,
                        progress,
                        five.get(0),
                        five.get(1),
                        five.get(2),
                        withheld,
                        setAside,
                        open,
                        five.get(4)));
    }

    static Arbitrary<Boolean> maybeFlag() {
        return Arbitraries.of(true, false).injectNull(0.5);
    }

    static Arbitrary<UserSettings> settings() {
        return Combinators.combine(
                        Any.user().set().ofMaxSize(4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(UserSettings::new);
    }

    private static Arbitrary<Mark> mark() {
        return Any.number()
                .list()
                .ofSize(7)
                .map(of -> new Mark(of.get(0), of.get(1), of.get(2), of.get(3), of.get(4), of.get(5), of.get(6)));
    }

    static Arbitrary<Map<ConversationId, Long>> seqs() {
        return Arbitraries.maps(Any.conversation(), Any.number()).ofMaxSize(3);
    }

    static Arbitrary<ConversationId.Group> group() {
        return Any.group().map(ConversationId.Group::new);
    }

    static Arbitrary<List<Long>> positions() {
        return Any.number().list().ofMaxSize(4);
    }

    static Arbitrary<Integer> packetId() {
        return Arbitraries.integers().between(1, 65_535);
    }
}
