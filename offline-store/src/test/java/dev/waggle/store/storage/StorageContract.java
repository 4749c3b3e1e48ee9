package dev.waggle.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.store.storage.StorageView.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Storage} must do. An adapter's test extends it and says where the store is. */
public abstract class StorageContract {
    private static final KeyRange B_TO_D = KeyRange.of(bytes("b"), bytes("d"));

    private Storage storage;
    private StorageOpener opener;

    /** Opens the same store again and again; empty at first. */
    protected abstract StorageOpener opener() throws Exception;

    @BeforeEach
    void openStorage() throws Exception {
        opener = opener();
        storage = opener.open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void get_afterWrite_givesTheValueOfThatTableOnly(Table table) throws StorageFailure {
        write(new WriteSet().put(table, bytes("k"), bytes("v")));

        for (Table other : Table.values()) {
            assertThat(text(storage.get(other, bytes("k")))).isEqualTo(other == table ? "v" : null);
        }
    }

    @Test
    void get_ofAnEmptyValue_isNotAbsent() throws StorageFailure {
        write(new WriteSet().put(Table.HEADS, bytes("k"), new byte[0]));

        assertThat(storage.get(Table.HEADS, bytes("k"))).isEmpty();
        assertThat(storage.get(Table.HEADS, bytes("l"))).isNull();
    }

    @Test
    void write_ofSeveralChangesToOneKey_leavesTheLast() throws StorageFailure {
        write(new WriteSet()
                .put(Table.LOG, bytes("k"), bytes("1"))
                .delete(Table.LOG, bytes("k"))
                .put(Table.LOG, bytes("k"), bytes("2")));

        assertThat(text(storage.get(Table.LOG, bytes("k")))).isEqualTo("2");
    }

    @Test
    void write_ofAPutAndARangeOverIt_keepsTheirOrder() throws StorageFailure {
        write(new WriteSet().put(Table.LOG, bytes("b"), bytes("1")).deleteRange(Table.LOG, B_TO_D));
        write(new WriteSet().deleteRange(Table.LOG, B_TO_D).put(Table.LOG, bytes("c"), bytes("2")));

        assertThat(storage.get(Table.LOG, bytes("b"))).isNull();
        assertThat(text(storage.get(Table.LOG, bytes("c")))).isEqualTo("2");
    }

    @Test
    void write_ofAnEmptySet_isAllowed() throws StorageFailure {
        storage.write(new WriteSet(), true);
        storage.write(new WriteSet(), false);
    }

    @Test
    void write_afterClear_writesTheNewChangesOnly() throws StorageFailure {
        WriteSet set = new WriteSet().put(Table.LOG, bytes("old"), bytes("1"));
        set.clear();
        write(set.put(Table.LOG, bytes("new"), bytes("2")));

        assertThat(keys(KeyRange.ALL, Direction.ASCENDING)).containsExactly("new");
    }

    @Test
    void multiGet_ofSomeThatAreThere_keepsTheOrderAsked() throws StorageFailure {
        rows("a", "b", "c");

        assertThat(storage.multiGet(Table.LOG, List.of(bytes("c"), bytes("x"), bytes("a"), bytes("c"))))
                .extracting(StorageContract::text)
                .containsExactly("vc", null, "va", "vc");
        assertThat(storage.multiGet(Table.LOG, List.of())).isEmpty();
    }

    @Test
    void scan_ofARange_isLowInclusiveHighExclusive() throws StorageFailure {
        rows("a", "b", "bb", "c", "d", "e");

        assertThat(keys(B_TO_D, Direction.ASCENDING)).containsExactly("b", "bb", "c");
        assertThat(keys(B_TO_D, Direction.DESCENDING)).containsExactly("c", "bb", "b");
        assertThat(keys(KeyRange.ALL, Direction.DESCENDING)).containsExactly("e", "d", "c", "bb", "b", "a");
        assertThat(keys(KeyRange.of(bytes("d"), bytes("b")), Direction.ASCENDING))
                .isEmpty();
        assertThat(keys(KeyRange.of(bytes("b"), bytes("b")), Direction.DESCENDING))
                .isEmpty();
    }

    @Test
    void scan_whenTheVisitorHasEnough_stops() throws StorageFailure {
        rows("a", "b", "c");
        List<String> seen = new ArrayList<>();

        storage.scan(Table.LOG, KeyRange.ALL, Direction.ASCENDING, (key, value) -> {
            seen.add(text(key) + text(value));
            return seen.size() < 2;
        });

        assertThat(seen).containsExactly("ava", "bvb");
    }

    @Test
    void scan_whenTheVisitorFails_passesItOn() throws StorageFailure {
        rows("a");

        assertThatThrownBy(() -> storage.scan(Table.LOG, KeyRange.ALL, Direction.ASCENDING, (key, value) -> {
                    throw new StorageFailure(StorageFailure.Kind.DAMAGED, "no good");
                }))
                .hasMessage("no good");
    }

    @Test
    void scan_ordersBytesUnsigned() throws StorageFailure {
        List<byte[]> keys = List.of(
                new byte[] {0},
                new byte[] {0, 0},
                new byte[] {1},
                new byte[] {127},
                new byte[] {-128},
                new byte[] {-1},
                new byte[] {-1, -1});
        WriteSet set = new WriteSet();
        for (int i = keys.size() - 1; i >= 0; i--) {
            set.put(Table.LOG, keys.get(i), new byte[0]);
        }
        write(set);

        List<byte[]> seen = new ArrayList<>();
        storage.scan(Table.LOG, KeyRange.ALL, Direction.ASCENDING, (key, value) -> seen.add(key));
        assertThat(seen).usingElementComparator(Arrays::compareUnsigned).isEqualTo(keys);
        assertThat(storage.last(Table.LOG, KeyRange.prefix(new byte[] {-1})).key())
                .isEqualTo(new byte[] {-1, -1});
    }

    @Test
    void last_ofARange_isItsHighestRow() throws StorageFailure {
        rows("a", "b", "c", "d");

        assertThat(text(storage.last(Table.LOG, B_TO_D).value())).isEqualTo("vc");
        assertThat(text(storage.last(Table.LOG, KeyRange.ALL).value())).isEqualTo("vd");
        assertThat(storage.last(Table.LOG, KeyRange.of(bytes("bb"), bytes("c"))))
                .isNull();
        assertThat(storage.last(Table.INBOX, KeyRange.ALL)).isNull();
    }

    @Test
    void last_afterItsRowWasDeleted_isTheOneBefore() throws StorageFailure {
        rows("a", "b", "c");
        write(new WriteSet().delete(Table.LOG, bytes("c")));
        assertThat(text(storage.last(Table.LOG, KeyRange.ALL).key())).isEqualTo("b");

        write(new WriteSet().deleteRange(Table.LOG, KeyRange.of(bytes("a"), bytes("c"))));
        assertThat(storage.last(Table.LOG, KeyRange.ALL)).isNull();
    }

    @Test
    void tryMethods_ofWhatWasJustWritten_know() throws StorageFailure {
        rows("a", "b");

        assertThat(storage.tryGet(Table.LOG, bytes("a")))
                .isInstanceOfSatisfying(
                        Glimpse.Present.class,
                        found -> assertThat((byte[]) found.value()).isEqualTo(bytes("va")));
        assertThat(storage.tryGet(Table.LOG, bytes("c"))).isInstanceOf(Glimpse.Absent.class);
        assertThat(storage.tryLast(Table.LOG, KeyRange.ALL))
                .isInstanceOfSatisfying(
                        Glimpse.Present.class,
                        found -> assertThat(((Row) found.value()).key()).isEqualTo(bytes("b")));
        assertThat(storage.tryLast(Table.LOG, KeyRange.prefix(bytes("c")))).isInstanceOf(Glimpse.Absent.class);
        assertThat(storage.tryRange(Table.LOG, KeyRange.ALL, 2))
                .isInstanceOfSatisfying(
                        Glimpse.Present.class,
                        found -> assertThat((List<?>) found.value()).hasSize(2));
        assertThat(storage.tryRange(Table.LOG, KeyRange.ALL, 1)).isInstanceOf(Glimpse.Unknown.class);
        assertThat(storage.tryRange(Table.LOG, KeyRange.prefix(bytes("c")), 1)).isInstanceOf(Glimpse.Absent.class);
    }

    @Test
    void snapshot_afterLaterWrites_staysAsItWas() throws StorageFailure {
        rows("a", "b", "c");
        try (Snapshot before = storage.snapshot()) {
            write(new WriteSet()
                    .put(Table.LOG, bytes("a"), bytes("new"))
                    .put(Table.LOG, bytes("z"), bytes("new"))
                    .deleteRange(Table.LOG, B_TO_D));

            assertThat(text(before.get(Table.LOG, bytes("a")))).isEqualTo("va");
            assertThat(text(before.last(Table.LOG, KeyRange.ALL).key())).isEqualTo("c");
            assertThat(before.multiGet(Table.LOG, List.of(bytes("b"), bytes("z"))))
                    .extracting(StorageContract::text)
                    .containsExactly("vb", null);
            assertThat(keys(before, KeyRange.ALL, Direction.ASCENDING)).containsExactly("a", "b", "c");
            assertThat(before.tryGet(Table.LOG, bytes("z"))).isNotInstanceOf(Glimpse.Present.class);
            assertThat(keys(KeyRange.ALL, Direction.ASCENDING)).containsExactly("a", "z");
        }
    }

    @Test
    void scan_whileRowsAreWritten_seesOneVersion() throws StorageFailure {
        rows("a", "c");
        List<String> seen = new ArrayList<>();

        storage.scan(Table.LOG, KeyRange.ALL, Direction.ASCENDING, (key, value) -> {
            seen.add(text(key));
            write(new WriteSet().put(Table.LOG, bytes("b"), bytes("vb")).delete(Table.LOG, bytes("c")));
            return true;
        });

        assertThat(seen).containsExactly("a", "c");
    }

    @Test
    void deleteRange_withoutEnd_isRefused() {
        assertThatThrownBy(() -> new WriteSet().deleteRange(Table.LOG, KeyRange.ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void open_afterClose_hasWhatWasWritten(boolean synced) throws StorageFailure {
        storage.write(
                new WriteSet()
                        .put(Table.LOG, bytes("a"), bytes("va"))
                        .put(Table.INBOX, bytes("b"), bytes("vb"))
                        .delete(Table.LOG, bytes("c")),
                synced);

        reopen();

        assertThat(text(storage.get(Table.LOG, bytes("a")))).isEqualTo("va");
        assertThat(text(storage.get(Table.INBOX, bytes("b")))).isEqualTo("vb");
        assertThat(storage.get(Table.LOG, bytes("c"))).isNull();
    }

    @Test
    void open_whileItIsOpen_saysSo() {
        assertThatThrownBy(opener::open)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.IN_USE));
    }

    @Test
    void anything_afterClose_fails() throws StorageFailure {
        rows("a");
        Snapshot snapshot = storage.snapshot();
        storage.close();
        storage.close();

        for (StorageView view : List.of(storage, snapshot)) {
            assertClosed(() -> view.get(Table.LOG, bytes("a")));
            assertClosed(() -> view.multiGet(Table.LOG, List.of(bytes("a"))));
            assertClosed(() -> view.tryGet(Table.LOG, bytes("a")));
            assertClosed(() -> view.last(Table.LOG, KeyRange.ALL));
            assertClosed(() -> view.tryLast(Table.LOG, KeyRange.ALL));
            assertClosed(() -> view.tryRange(Table.LOG, KeyRange.ALL, 1));
            assertClosed(() -> view.scan(Table.LOG, KeyRange.ALL, Direction.ASCENDING, (key, value) -> true));
        }
        assertClosed(() -> storage.write(new WriteSet().put(Table.LOG, bytes("b"), bytes("v")), true));
        assertClosed(() -> storage.snapshot());
        snapshot.close();
        snapshot.close();
    }

    @Test
    void close_whileOthersRead_endsTheirReadsWithAFailure() throws Exception {
        rows("a", "b", "c");
        int readers = 4;
        CountDownLatch reading = new CountDownLatch(readers);
        ExecutorService pool = Executors.newFixedThreadPool(readers);
        List<Future<StorageFailure.Kind>> ends = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            ends.add(pool.submit(() -> readUntilItFails(reading)));
        }
        assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();

        storage.close();

        for (Future<StorageFailure.Kind> end : ends) {
            assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(StorageFailure.Kind.CLOSED);
        }
        pool.shutdown();
    }

    private StorageFailure.Kind readUntilItFails(CountDownLatch reading) {
        try {
            while (true) {
                try (Snapshot snapshot = storage.snapshot()) {
                    assertThat(keys(snapshot, KeyRange.ALL, Direction.ASCENDING))
                            .hasSize(3);
                    assertThat(snapshot.last(Table.LOG, KeyRange.ALL)).isNotNull();
                }
                reading.countDown();
            }
        } catch (StorageFailure failure) {
            return failure.kind();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyChanges_giveWhatAMapGives(long seed) throws StorageFailure {
        RandomChanges changes = new RandomChanges(seed);
        for (int round = 0; round < 60; round++) {
            storage.write(changes.next(), changes.oneIn(5));
            if (changes.oneIn(15)) {
                reopen();
            }
            changes.assertIn(storage);
        }
    }

    private void reopen() throws StorageFailure {
        storage.close();
        storage = opener.open();
    }

    private void rows(String... keys) throws StorageFailure {
        WriteSet set = new WriteSet();
        for (String key : keys) {
            set.put(Table.LOG, bytes(key), bytes("v" + key));
        }
        write(set);
    }

    private void write(WriteSet set) throws StorageFailure {
        storage.write(set, true);
    }

    private List<String> keys(KeyRange range, Direction direction) throws StorageFailure {
        return keys(storage, range, direction);
    }

    private static List<String> keys(StorageView view, KeyRange range, Direction direction) throws StorageFailure {
        List<String> keys = new ArrayList<>();
        view.scan(Table.LOG, range, direction, (key, value) -> keys.add(text(key)));
        return keys;
    }

    private interface Call {
        void run() throws StorageFailure;
    }

    private static void assertClosed(Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CLOSED));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
