package dev.waggle.store.check;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.CAROL;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static dev.waggle.store.lane.StoreRig.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.lane.StoreRig;
import dev.waggle.store.rocks.ClosedStore;
import dev.waggle.store.rocks.RocksOpener;
import dev.waggle.store.rocks.RocksSettings;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sound store is found sound, whatever happened to it; each kind of damage is named. */
class StoreCheckTest {
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);
    private static final int DAY = 24 * 3_600;

    @TempDir
    Path directory;

    private RocksOpener opener;

    /** Everything that leaves a row: messages with keys, a group whose members change, devices, QoS 2, trims. */
    @BeforeEach
    void traffic() throws Exception {
        opener = new RocksOpener(new RocksSettings(directory.resolve("store"), 16 << 20));
        StoreRig rig = new StoreRig(opener).boot();
        long epoch = rig.open(BOB, PHONE, false, DAY).epoch();
        rig.accepted(rig.create(ALICE, BOB), Reply.GroupCreated.class);
        for (int i = 0; i < 4; i++) {
            rig.ask(rig.message(ALICE, ALICE_BOB, "old" + i, "m" + i));
            rig.send(BOB, GROUP, "g" + i);
        }
        rig.pass(Duration.ofDays(32));
        rig.ask(new Command.AddMembers(Actor.of(ALICE, PHONE), GROUP, List.of(CAROL), null, rig.clock.millis()));
        rig.ask(new Command.LeaveGroup(Actor.of(ALICE, PHONE), GROUP, null, rig.clock.millis()));
        for (int i = 0; i < 4; i++) {
            rig.ask(rig.message(ALICE, ALICE_BOB, "k" + i, "m" + i));
        }
        rig.ask(new Command.MoveCursor(
                BOB, PHONE, epoch, new DeviceProgress(2, List.of(), 3), Map.of(ALICE_BOB, 2L), rig.clock.millis()));
        rig.ask(new Command.SendMessage(
                Actor.of(BOB, PHONE), ALICE_BOB, null, Bytes.utf8("q"), MessageProperties.NONE, 9, rig.clock.millis()));
        rig.ask(new Command.PutRecord(RecordKey.of("things", "one"), 0, Bytes.utf8("v"), rig.clock.millis()));
        rig.store().close();
    }

    @Test
    void soundStore_isSound() throws Exception {
        StoreCheck.Report report = check();
        assertThat(report.told()).isEmpty();
        assertThat(report.damages()).isZero();
        assertThat(report.conversations()).isEqualTo(2);
        assertThat(report.entries()).isEqualTo(9 + 7);
        assertThat(report.inboxes()).isEqualTo(3);
        assertThat(report.keys()).isEqualTo(4);
    }

    @Test
    void lostRows_areNamed() throws Exception {
        assertNamed(Table.LOG, KeySchema.log(ALICE_BOB, 5), "low=alice, high=bob", "entries 5 to 5 are missing");
        assertNamed(Table.LOG, KeySchema.log(ALICE_BOB, 9), "points to entry 9", "which is not there");
        assertNamed(Table.HEADS, KeySchema.group(TEAM), "team", "no row with its members");
        assertNamed(Table.HEADS, KeySchema.device(BOB, PHONE), "bob.phone", "has a cursor, but no record");
        assertNamed(Table.HEADS, KeySchema.cursor(BOB, PHONE), "bob.phone", "has a record, but no cursor");
        assertNamed(Table.HEADS, KeySchema.inboxMeta(BOB), "inbox of bob", "positions");
        Row first = rows(Table.INBOX, KeySchema.inbox(BOB, 11, 12)).get(0);
        assertNamed(Table.INBOX, first.key(), "inbox of bob: positions 11 to 11 are missing");
    }

    @Test
    void garbledRows_areNamedByTheirKeys() throws Exception {
        for (Table table : List.of(Table.LOG, Table.INBOX, Table.KEYS, Table.HEADS)) {
            for (Row row : rows(table, KeyRange.ALL)) {
                byte[] value = row.value().clone();
                value[0] = (byte) 0xEE;
                List<String> told = damaged(new WriteSet().put(table, row.key(), value));
                assertThat(told).as("%s", table).isNotEmpty();
                assertThat(told.get(0)).contains("cannot be read");
                repair(new WriteSet().put(table, row.key(), row.value()));
            }
            byte[] stray = {'#', 1, 2};
            assertThat(damaged(new WriteSet().put(table, stray, new byte[1]))).isNotEmpty();
            repair(new WriteSet().delete(table, stray));
        }
        assertThat(check().damages()).isZero();
    }

    @Test
    void garbledFile_isNamed_andTheOtherTablesAreCheckedAllTheSame() throws Exception {
        opener.open().close(); // what the log held is in tables now
        Path table;
        try (Stream<Path> files = Files.list(settings().directory())) {
            table = files.filter(file -> file.toString().endsWith(".sst"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(table);
        bytes[20] ^= 1;
        Files.write(table, bytes);

        StoreCheck.Report report = check();

        assertThat(report.told())
                .anySatisfy(damage ->
                        assertThat(damage).contains(table.getFileName().toString()));
        assertThat(report.entries() + report.pointers() + report.keys() + report.users())
                .isPositive();
    }

    @Test
    void keyOfAMessageThatIsNotThere_isNamed() throws Exception {
        Row any = rows(Table.KEYS, KeyRange.ALL).get(0);
        byte[] key = KeySchema.key(
                ConversationId.direct(ALICE, CAROL), Author.of(ALICE), false, new SendKey(Bytes.utf8("lost")));
        assertThat(damaged(new WriteSet().put(Table.KEYS, key, any.value())))
                .singleElement()
                .asString()
                .contains("lost", "ends at 0");
    }

    @Test
    void userListedAsShadowed_whoIsNot_isNamed() throws Exception {
        byte[] key = KeySchema.shadowed(ALICE);
        assertThat(damaged(new WriteSet().put(Table.HEADS, key, Rows.SHADOWED.encode(true))))
                .singleElement()
                .asString()
                .contains("user alice", "listed as shadowed");
    }

    @Test
    void damages_overTheLimit_areCountedOnly() throws Exception {
        WriteSet all = new WriteSet();
        rows(Table.LOG, KeyRange.ALL).forEach(row -> all.delete(Table.LOG, row.key()));
        repair(all);
        try (ClosedStore store = ClosedStore.open(settings())) {
            StoreCheck.Report report = StoreCheck.run(store, 3);
            assertThat(report.told()).hasSize(3);
            assertThat(report.damages()).isGreaterThan(10);
        }
    }

    private void assertNamed(Table table, byte[] key, String... words) throws Exception {
        Row row = rows(table, new KeyRange(key, null)).get(0);
        assertThat(row.key()).isEqualTo(key);
        List<String> told = damaged(new WriteSet().delete(table, key));
        assertThat(told).anySatisfy(damage -> assertThat(damage).contains(words));
        repair(new WriteSet().put(table, key, row.value()));
        assertThat(check().told()).isEmpty();
    }

    private List<String> damaged(WriteSet damage) throws Exception {
        repair(damage);
        return check().told();
    }

    private void repair(WriteSet set) throws Exception {
        try (Storage storage = opener.open()) {
            storage.write(set, true);
        }
    }

    private List<Row> rows(Table table, KeyRange range) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (ClosedStore store = ClosedStore.open(settings())) {
            store.scan(table, range, Direction.ASCENDING, (key, value) -> rows.add(new Row(key, value)));
        }
        return rows;
    }

    private RocksSettings settings() {
        return new RocksSettings(directory.resolve("store"), 16 << 20);
    }

    private StoreCheck.Report check() throws Exception {
        try (ClosedStore store = ClosedStore.open(settings())) {
            return StoreCheck.run(store, 100);
        }
    }
}
