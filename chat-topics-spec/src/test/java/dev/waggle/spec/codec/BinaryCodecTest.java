package dev.waggle.spec.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standing;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Commands, events and replies survive the way through bytes; damaged bytes give a reason or another value, no throw. */
class BinaryCodecTest {
    private static final ConversationId.Group TEAM = new ConversationId.Group(new GroupId("team"));

    @Property
    void entry_thereAndBack_isTheSame(@ForAll("entries") Event.LogEntry entry) {
        byte[] row = EventCodec.encodeEntry(entry);
        assertThat(EventCodec.decodeEntry(entry.conversation(), entry.seq(), row)
                        .get())
                .isEqualTo(entry);
    }

    @Property
    void missing_thereAndBack_isTheSame(@ForAll("gaps") InboxItem.Missing missing) {
        byte[] row = EventCodec.encodeMissing(missing);
        assertThat(EventCodec.decodeMissing(missing.position(), row).get()).isEqualTo(missing);
    }

    @Property
    void event_thereAndBack_isTheSame(@ForAll("events") Event event) {
        assertThat(EventCodec.decode(EventCodec.encode(event)).get()).isEqualTo(event);
    }

    @Property
    void command_thereAndBack_isTheSame(@ForAll("commands") Command command) {
        assertThat(CommandCodec.decode(CommandCodec.encode(command)).get()).isEqualTo(command);
    }

    @Property
    void reply_thereAndBack_isTheSame(@ForAll("replies") Reply reply) {
        assertThat(ReplyCodec.decode(ReplyCodec.encode(reply)).get()).isEqualTo(reply);
    }

    @Property(tries = 300)
    void entry_damaged_neverThrows(
            @ForAll("entries") Event.LogEntry entry, @ForAll @IntRange(min = 1, max = 255) int flip) {
        damaged(
                EventCodec.encodeEntry(entry),
                flip,
                row -> EventCodec.decodeEntry(entry.conversation(), entry.seq(), row),
                false);
    }

    @Property(tries = 300)
    void event_damaged_neverThrows(@ForAll("events") Event event, @ForAll @IntRange(min = 1, max = 255) int flip) {
        // Only a whole message ends with bytes that have no length; everything else notices that its end is missing.
        damaged(EventCodec.encode(event), flip, EventCodec::decode, true);
    }

    @Property(tries = 300)
    void command_damaged_neverThrows(
            @ForAll("commands") Command command, @ForAll @IntRange(min = 1, max = 255) int flip) {
        damaged(CommandCodec.encode(command), flip, CommandCodec::decode, !(command instanceof Command.SendMessage));
    }

    @Property(tries = 300)
    void reply_damaged_neverThrows(@ForAll("replies") Reply reply, @ForAll @IntRange(min = 1, max = 255) int flip) {
        damaged(ReplyCodec.encode(reply), flip, ReplyCodec::decode, true);
    }

    @Property
    void anyBytes_neverThrow(@ForAll byte[] bytes) {
        assertThat(EventCodec.decode(bytes)).isNotNull();
        assertThat(CommandCodec.decode(bytes)).isNotNull();
        assertThat(ReplyCodec.decode(bytes)).isNotNull();
        assertThat(EventCodec.decodeEntry(TEAM, 1, bytes)).isNotNull();
        assertThat(EventCodec.decodeMissing(1, bytes)).isNotNull();
    }

    @Test
    void decode_hugeLengths_areRefusedWithoutAllocation() {
        byte[] length = HexFormat.of().parseHex("ffffffffffffffff7f");
        byte[] membersHead = {EntryLayout.MEMBERS, 0, 0, 1, 'a', 0};
        byte[] row = Arrays.copyOf(membersHead, membersHead.length + length.length);
        System.arraycopy(length, 0, row, membersHead.length, length.length);
        assertThat(reason(EventCodec.decodeEntry(TEAM, 1, row)))
                .contains("9223372036854775807")
                .contains("bytes left");
    }

    @Test
    void decode_unknownVersion_saysWhichIsKnown() {
        assertThat(reason(EventCodec.decodeEntry(TEAM, 1, new byte[] {0x21, 0, 0})))
                .contains("version 2")
                .contains("known");
        assertThat(reason(EventCodec.decode(new byte[] {9, 1})))
                .contains("version 9")
                .contains("known");
        assertThat(reason(CommandCodec.decode(new byte[] {9, 1}))).contains("version 9");
        assertThat(reason(ReplyCodec.decode(new byte[] {9, 1}))).contains("version 9");
        assertThat(reason(ReplyCodec.decode(new byte[] {1, 99}))).contains("kind 99");
    }

    /** The bytes are on the disks of users: if this test fails, add a version instead of changing the expectation. */
    @Test
    void encode_knownEntries_keepTheirBytes() {
        ConversationId direct = ConversationId.direct(new UserId("alice"), new UserId("bob"));
        Event.MessageStored message = new Event.MessageStored(
                direct,
                7,
                300,
                Author.of(new UserId("bob")),
                new DeviceId("p"),
                MessageProperties.NONE,
                Bytes.utf8("hi"));
        assertThat(hex(EventCodec.encodeEntry(message))).isEqualTo("1106ac0201706869");
        Event.MembersChanged change = new Event.MembersChanged(
                TEAM,
                1,
                1,
                Author.of(new UserId("a")),
                null,
                true,
                "T",
                List.of(new Member(new UserId("a"), MemberRole.OWNER, 1, 1)),
                List.of(),
                null);
        assertThat(hex(EventCodec.encodeEntry(change))).isEqualTo("1250010161000154010161010101" + "00");
        Event.MembersChanged muted = new Event.MembersChanged(
                TEAM,
                2,
                1,
                Author.of(new UserId("a")),
                null,
                false,
                null,
                List.of(),
                List.of(),
                null,
                new Standing(Standing.Kind.MUTED, List.of(new UserId("b")), 9),
                new GroupPatch(null, "t", null, JoinPolicy.OPEN, HistoryPolicy.ALL));
        assertThat(hex(EventCodec.encodeEntry(muted)))
                .isEqualTo("1280010161000000" + "03" + "0701016209" + "1a01740102");
        Event.SettingsChanged named =
                new Event.SettingsChanged(TEAM, 3, 1, Author.of(new UserId("a")), null, GroupPatch.named("T"));
        assertThat(hex(EventCodec.encodeEntry(named))).isEqualTo("1a000101610001" + "0154");
        assertThat(hex(EventCodec.encodeMissing(new InboxItem.Missing(9, TEAM, 1, 200))))
                .isEqualTo("1303047465616d01c801");
        assertThat(hex(ReplyCodec.encode(new Reply.Sent(1, 2)))).isEqualTo("01010102");
    }

    @Test
    void encode_shortMessageBetweenTwo_isCompact() {
        ConversationId direct = ConversationId.direct(new UserId("alice"), new UserId("bob"));
        Event.MessageStored message = new Event.MessageStored(
                direct,
                1_000_000,
                1_790_000_000_000L,
                Author.of(new UserId("alice")),
                new DeviceId("phone"),
                MessageProperties.NONE,
                Bytes.wrap(new byte[16]));
        assertThat(EventCodec.encodeEntry(message)).hasSize(2 + 6 + 6 + 16);
    }

    @Test
    void generators_allKinds_areCovered() {
        assertCovered(AnyCommand.command(), Command.OfConversation.class, Command.OfUser.class);
        assertThat(AnyCommand.command().sampleStream().limit(2_000))
                .hasAtLeastOneElementOfType(Command.PutRecord.class);
        assertThat(AnyMessage.event().sampleStream().limit(2_000))
                .hasAtLeastOneElementOfType(Event.RecordChanged.class);
        assertCovered(AnyMessage.event(), Event.LogEntry.class, Event.OfInbox.class);
        assertCovered(AnyMessage.reply(), Reply.class);
    }

    private static void assertCovered(Arbitrary<?> any, Class<?>... roots) {
        Set<Class<?>> seen = new HashSet<>();
        any.sampleStream().limit(2_000).forEach(one -> seen.add(one.getClass()));
        for (Class<?> root : roots) {
            assertThat(seen).containsAll(kinds(root));
        }
    }

    private static List<Class<?>> kinds(Class<?> root) {
        return root.isSealed()
                ? Arrays.stream(root.getPermittedSubclasses())
                        .flatMap(kind -> kinds(kind).stream())
                        .toList()
                : List.of(root);
    }

    /** Cuts the bytes at every length, and changes every byte. */
    private static <T> void damaged(byte[] bytes, int flip, Function<byte[], Parsed<T>> decode, boolean endIsKnown) {
        for (int length = 0; length < bytes.length; length++) {
            Parsed<T> torn = decode.apply(Arrays.copyOf(bytes, length));
            if (endIsKnown) {
                assertThat(torn.isOk())
                        .as("torn at %s of %s", length, bytes.length)
                        .isFalse();
            }
        }
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) flip;
            decode.apply(changed)
                    .fold(value -> value, reason -> assertThat(reason).isNotBlank());
        }
        assertThat(decode.apply(bytes).isOk()).isTrue();
    }

    private static String reason(Parsed<?> parsed) {
        return ((Parsed.Bad<?>) parsed).reason();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Provide
    Arbitrary<Event.LogEntry> entries() {
        return AnyMessage.entry();
    }

    @Provide
    Arbitrary<InboxItem.Missing> gaps() {
        return AnyMessage.missing();
    }

    @Provide
    Arbitrary<Event> events() {
        return AnyMessage.event();
    }

    @Provide
    Arbitrary<Command> commands() {
        return AnyCommand.command();
    }

    @Provide
    Arbitrary<Reply> replies() {
        return AnyMessage.reply();
    }
}
