package dev.waggle.store.storage;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.Standing;
import dev.waggle.spec.message.Standings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Values for property tests; ids are short and of few letters, so that neighbours and prefixes are frequent. */
final class StoreArbitraries {
    private StoreArbitraries() {}

    static Arbitrary<String> ids(int max) {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab-_Z0").ofMinLength(1).ofMaxLength(3),
                Arbitraries.strings().withChars("a-z").ofMinLength(1).ofMaxLength(max));
    }

    static Arbitrary<UserId> users() {
        return ids(64).map(UserId::new);
    }

    static Arbitrary<GroupId> groups() {
        return ids(64).map(GroupId::new);
    }

    static Arbitrary<DeviceId> devices() {
        return ids(32).map(DeviceId::new);
    }

    static Arbitrary<ConversationId> conversations() {
        return Arbitraries.oneOf(
                Combinators.combine(users(), users()).as(ConversationId::direct), groups().map(ConversationId::group));
    }

    static Arbitrary<Author> authors() {
        return Combinators.combine(users(), users().injectNull(0.7)).as(Author::new);
    }

    static Arbitrary<SendKey> keys() {
        return bytes(1, 64).map(SendKey::new);
    }

    static Arbitrary<RecordKey> recordKeys() {
        Arbitrary<Bytes> keys =
                Arbitraries.oneOf(Arbitraries.of("a", "ab", "b", "a\u0000").map(Bytes::utf8), bytes(1, 255));
        return Combinators.combine(ids(32), keys).as(RecordKey::new);
    }

    static Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 300),
                Arbitraries.longs().between(0, Long.MAX_VALUE),
                Arbitraries.of(0L, 127L, 128L, 255L, 256L, 65_535L, 65_536L, Long.MAX_VALUE));
    }

    static Arbitrary<Bytes> bytes(int min, int max) {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(min)
                .ofMaxSize(max)
                .map(Bytes::wrap);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withCharRange(' ', '\uD7FF').ofMaxLength(20);
    }

    static Arbitrary<Member> members() {
        return Combinators.combine(users(), Arbitraries.of(MemberRole.class), numbers(), numbers())
                .as(Member::new);
    }

    private static Arbitrary<MessageProperties> properties() {
        return Combinators.combine(
                        texts().injectNull(0.5),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL),
                        Combinators.combine(texts(), texts())
                                .as(UserProperty::new)
                                .list()
                                .ofMaxSize(3))
                .as(MessageProperties::new);
    }

    static Arbitrary<Event.LogEntry> entries() {
        Arbitrary<Event.LogEntry> messages = Combinators.combine(
                        conversations(),
                        numbers(),
                        numbers(),
                        authors(),
                        devices().injectNull(0.2),
                        properties(),
                        bytes(0, 200))
                .as(Event.MessageStored::new);
        Arbitrary<Event.LogEntry> changes = Combinators.combine(
                        Combinators.combine(groups(), numbers(), numbers(), authors())
                                .as((group, seq, ts, from) -> new Event.MembersChanged(
                                        new ConversationId.Group(group),
                                        seq,
                                        ts,
                                        from,
                                        null,
                                        false,
                                        null,
                                        List.of(),
                                        List.of(),
                                        null)),
                        devices().injectNull(0.2),
                        Arbitraries.of(true, false),
                        texts().injectNull(0.5),
                        members().list().ofMaxSize(4),
                        users().list().ofMaxSize(4),
                        users().injectNull(0.5))
                .as((base, device, created, name, added, removed, left) -> new Event.MembersChanged(
                        base.conversation(),
                        base.seq(),
                        base.ts(),
                        base.from(),
                        device,
                        created,
                        name,
                        added,
                        removed,
                        left));
        Arbitrary<Event.LogEntry> standings = Combinators.combine(changes, standings(), patches())
                .as((entry, standing, patch) -> {
                    Event.MembersChanged base = (Event.MembersChanged) entry;
                    return new Event.MembersChanged(
                            base.conversation(),
                            base.seq(),
                            base.ts(),
                            base.from(),
                            base.device(),
                            base.created(),
                            base.name(),
                            base.added(),
                            base.removed(),
                            base.left(),
                            standing,
                            patch);
                });
        Arbitrary<Event.LogEntry> settings = Combinators.combine(
                        groups(), numbers(), numbers(), authors(), devices().injectNull(0.2), patches())
                .as((group, seq, ts, from, device, patch) ->
                        new Event.SettingsChanged(new ConversationId.Group(group), seq, ts, from, device, patch));
        return Arbitraries.oneOf(messages, changes, standings, settings);
    }

    private static Arbitrary<Standing> standings() {
        return Combinators.combine(
                        Arbitraries.of(Standing.Kind.class), users().list().ofMaxSize(4), numbers())
                .as(Standing::new);
    }

    private static Arbitrary<GroupPatch> patches() {
        return Combinators.combine(
                        texts().injectNull(0.5),
                        texts().injectNull(0.5),
                        texts().injectNull(0.5),
                        Arbitraries.of(JoinPolicy.class).injectNull(0.5),
                        Arbitraries.of(HistoryPolicy.class).injectNull(0.5))
                .as(GroupPatch::new);
    }

    static Arbitrary<GroupRow> groupRows() {
        Arbitrary<SortedMap<UserId, Long>> times =
                Arbitraries.maps(users(), numbers()).ofMaxSize(3).map(TreeMap::new);
        return Combinators.combine(
                        patches().map(GroupSettings.USUAL::with),
                        members().list().ofMaxSize(5),
                        Combinators.combine(times, times, times, times).as(Standings::new))
                .as(GroupRow::new);
    }

    static Arbitrary<KeyRow> keyRows() {
        Arbitrary<Reply> replies = Arbitraries.oneOf(
                Combinators.combine(numbers(), numbers()).as(Reply.Sent::new),
                Combinators.combine(groups(), numbers()).as(Reply.GroupCreated::new),
                Combinators.combine(users().list().ofMaxSize(5), numbers()).as(Reply.MembersAdded::new),
                Combinators.combine(users().list().ofMaxSize(5), numbers()).as(Reply.MembersRemoved::new),
                numbers().map(Reply.GroupLeft::new));
        return Combinators.combine(bytes(16, 16), replies, numbers()).as(KeyRow::new);
    }

    static Arbitrary<InboxMeta> inboxMetas() {
        return Combinators.combine(
                        numbers(),
                        Arbitraries.maps(conversations(), numbers()).ofMaxSize(4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        numbers())
                .as(InboxMeta::new);
    }

    static Arbitrary<DeviceRow> deviceRows() {
        Arbitrary<Filter> filters = Combinators.combine(
                        texts(),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 268_435_455).injectNull(0.5))
                .as(Filter::new);
        return Combinators.combine(
                        numbers(),
                        Arbitraries.of(true, false),
                        filters.list().ofMaxSize(4),
                        numbers(),
                        numbers(),
                        numbers(),
                        Arbitraries.maps(numbers(), Arbitraries.integers().between(1, 5))
                                .ofMaxSize(4),
                        numbers())
                .as(DeviceRow::new);
    }

    static Arbitrary<DeviceProgress> progress() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.longs().between(1_000_001, 2_000_000).set().ofMaxSize(20),
                        numbers())
                .as((cursor, above, sent) -> new DeviceProgress(cursor, new ArrayList<>(new TreeSet<>(above)), sent));
    }

    static Arbitrary<Mark> marks() {
        return numbers()
                .list()
                .ofSize(7)
                .map(of -> new Mark(of.get(0), of.get(1), of.get(2), of.get(3), of.get(4), of.get(5), of.get(6)));
    }

    static Arbitrary<PacketRow> packets() {
        return Combinators.combine(numbers(), numbers()).as(PacketRow::new);
    }
}
