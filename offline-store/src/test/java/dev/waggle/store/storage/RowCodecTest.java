package dev.waggle.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.BinaryWriter;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Standings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RowCodecTest {
    private static final byte[] KEY = "k".getBytes(StandardCharsets.US_ASCII);
    private static final UserId ALICE = new UserId("alice");

    @Example
    void markOfVersion1_isRead_asAnOpenOne() throws StorageFailure {
        byte[] row = new BinaryWriter(8).u8(1).number(5).number(9).number(7).toByteArray();

        assertThat(Rows.MARK.decode(new byte[0], row)).isEqualTo(Mark.of(5, 9, 7));
    }

    @Property
    void group_encodedAndDecoded_isTheSame(@ForAll("groupRows") GroupRow row) throws StorageFailure {
        assertThat(Rows.GROUP.decode(KEY, Rows.GROUP.encode(row))).isEqualTo(row);
    }

    @Property
    void key_encodedAndDecoded_isTheSame(@ForAll("keyRows") KeyRow row) throws StorageFailure {
        assertThat(Rows.KEY.decode(KEY, Rows.KEY.encode(row))).isEqualTo(row);
    }

    @Property
    void inboxMeta_encodedAndDecoded_isTheSame(@ForAll("inboxMetas") InboxMeta row) throws StorageFailure {
        assertThat(Rows.INBOX_META.decode(KEY, Rows.INBOX_META.encode(row))).isEqualTo(row);
    }

    @Property
    void device_encodedAndDecoded_isTheSame(@ForAll("deviceRows") DeviceRow row) throws StorageFailure {
        assertThat(Rows.DEVICE.decode(KEY, Rows.DEVICE.encode(row))).isEqualTo(row);
    }

    @Property
    void cursor_encodedAndDecoded_isTheSame(@ForAll("progress") DeviceProgress row) throws StorageFailure {
        assertThat(Rows.CURSOR.decode(KEY, Rows.CURSOR.encode(row))).isEqualTo(row);
    }

    @Property
    void mark_encodedAndDecoded_isTheSame(@ForAll("marks") Mark row) throws StorageFailure {
        assertThat(Rows.MARK.decode(KEY, Rows.MARK.encode(row))).isEqualTo(row);
    }

    @Property
    void packet_encodedAndDecoded_isTheSame(@ForAll("packets") PacketRow row) throws StorageFailure {
        assertThat(Rows.PACKET.decode(KEY, Rows.PACKET.encode(row))).isEqualTo(row);
    }

    @Property
    void starts_encodedAndDecoded_areTheSame(@ForAll("starts") StartsRow row) throws StorageFailure {
        assertThat(Rows.STARTS.decode(KEY, Rows.STARTS.encode(row))).isEqualTo(row);
    }

    @Property
    void record_encodedAndDecoded_isTheSame(@ForAll("records") RecordRow row) throws StorageFailure {
        assertThat(Rows.RECORD.decode(KEY, Rows.RECORD.encode(row))).isEqualTo(row);
    }

    @Property
    void logEntry_encodedAndDecoded_isTheSame(@ForAll("entries") Event.LogEntry entry) throws StorageFailure {
        byte[] key = KeySchema.log(entry.conversation(), entry.seq());
        byte[] value = LogRows.encode(entry);
        assertThat(LogRows.decode(entry.conversation(), key, value)).isEqualTo(entry);
    }

    @Property
    void inboxRow_encodedAndDecoded_isTheSame(
            @ForAll("users") UserId peer, @ForAll("numbers") long from, @ForAll("numbers") long to)
            throws StorageFailure {
        for (ConversationId conversation :
                List.of(ConversationId.direct(ALICE, peer), ConversationId.group(new GroupId(peer.value())))) {
            for (InboxRow row :
                    List.of(new InboxRow.Pointer(conversation, from), new InboxRow.Gap(conversation, from, to))) {
                assertThat(InboxRows.decode(ALICE, KEY, InboxRows.encode(ALICE, row)))
                        .isEqualTo(row);
            }
        }
    }

    /** Whatever stands on disk: a row or damage that names the key, nothing else and no endless memory. */
    @Property
    void decode_ofAnyBytes_givesARowOrNamesTheKey(@ForAll byte[] bytes, @ForAll boolean plausible) {
        byte[] value = bytes.clone();
        if (plausible && value.length > 0) {
            value[0] = (byte) (1 + (value[0] & 3));
        }
        UserId user = ALICE;
        ConversationId group = ConversationId.group(new GroupId("g"));
        byte[] log = KeySchema.log(group, 7);
        for (RowCodec<?> codec : List.of(
                Rows.GROUP,
                Rows.KEY,
                Rows.INBOX_META,
                Rows.DEVICE,
                Rows.CURSOR,
                Rows.MARK,
                Rows.PACKET,
                Rows.STARTS,
                Rows.RECORD)) {
            rowOrDamage(() -> codec.decode(log, value));
        }
        rowOrDamage(() -> InboxRows.decode(user, log, value));
        rowOrDamage(() -> LogRows.decode(group, log, value));
        rowOrDamage(() -> LogRows.decode(ConversationId.direct(user, user), log, value));
    }

    @Property
    void decode_ofACutRow_isDamage(@ForAll("deviceRows") DeviceRow row, @ForAll double where) {
        byte[] whole = Rows.DEVICE.encode(row);
        byte[] cut = Arrays.copyOf(whole, (int) (Math.abs(where % 1.0) * whole.length));
        assertThatThrownBy(() -> Rows.DEVICE.decode(KEY, cut)).isInstanceOf(StorageFailure.class);
    }

    /** What an earlier release wrote: a name and the members. */
    @Test
    void group_ofTheFirstForm_isReadWithTheUsualSettings() throws StorageFailure {
        byte[] first = {1, 1, 1, 'T', 1, 5, 'a', 'l', 'i', 'c', 'e', 1, 9, 1};
        assertThat(Rows.GROUP.decode(KEY, first))
                .isEqualTo(new GroupRow(
                        GroupSettings.USUAL.with(GroupPatch.named("T")),
                        List.of(new Member(ALICE, MemberRole.OWNER, 9, 1)),
                        Standings.NONE));
    }

    @Test
    void decode_ofANewerForm_saysSo() {
        assertThatThrownBy(() -> Rows.MARK.decode(KEY, new byte[] {9, 0, 0, 0}))
                .isInstanceOf(StorageFailure.class)
                .hasMessageContaining("the row at key k cannot be read: mark row")
                .hasMessageContaining("its form is version 9, known is 2");
    }

    @Test
    void inboxRow_ofTwoShortNames_isSmall() {
        InboxRow row = new InboxRow.Pointer(ConversationId.direct(ALICE, new UserId("bobby")), 100);
        assertThat(InboxRows.encode(ALICE, row)).hasSize(8);
    }

    private interface Decoding {
        Object run() throws StorageFailure;
    }

    private static void rowOrDamage(Decoding decoding) {
        try {
            assertThat(decoding.run()).isNotNull();
        } catch (StorageFailure damage) {
            assertThat(damage.kind()).isEqualTo(StorageFailure.Kind.DAMAGED);
            assertThat(damage).hasMessageContaining("at key gg\\x00");
        }
    }

    @Provide
    Arbitrary<GroupRow> groupRows() {
        return StoreArbitraries.groupRows();
    }

    @Provide
    Arbitrary<KeyRow> keyRows() {
        return StoreArbitraries.keyRows();
    }

    @Provide
    Arbitrary<InboxMeta> inboxMetas() {
        return StoreArbitraries.inboxMetas();
    }

    @Provide
    Arbitrary<DeviceRow> deviceRows() {
        return StoreArbitraries.deviceRows();
    }

    @Provide
    Arbitrary<DeviceProgress> progress() {
        return StoreArbitraries.progress();
    }

    @Provide
    Arbitrary<Mark> marks() {
        return StoreArbitraries.marks();
    }

    @Provide
    Arbitrary<PacketRow> packets() {
        return StoreArbitraries.packets();
    }

    @Provide
    Arbitrary<StartsRow> starts() {
        return StoreArbitraries.packets().map(row -> new StartsRow(row.seq(), row.ts()));
    }

    @Provide
    Arbitrary<RecordRow> records() {
        return Combinators.combine(StoreArbitraries.numbers(), StoreArbitraries.bytes(0, 200))
                .as(RecordRow::new);
    }

    @Provide
    Arbitrary<Event.LogEntry> entries() {
        return StoreArbitraries.entries();
    }

    @Provide
    Arbitrary<UserId> users() {
        return StoreArbitraries.users();
    }

    @Provide
    Arbitrary<Long> numbers() {
        return StoreArbitraries.numbers();
    }
}
