package dev.waggle.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut, a bad disk or a wrong hand leaves, and what the next start makes of it. */
class RocksDamageTest {
    private static final int RECORDS = 20;

    @TempDir
    Path temporary;

    /** Sizes of the log after each synced write. */
    private final List<Integer> ends = new ArrayList<>();

    @Test
    void open_afterAKill_hasEverythingThatWasWritten() throws Exception {
        assertThat(open(imageOfARunningStore("killed"))).isEqualTo(RECORDS);
    }

    @Test
    void open_ofALogCutAnywhere_losesTheTornRecordAlone() throws Exception {
        Path image = imageOfARunningStore("image");
        byte[] log = Files.readAllBytes(onlyLog(image));
        Random random = new Random(1);
        for (int i = 0; i < 12; i++) {
            int end = i == 0 ? log.length - 1 : ends.get(0) + random.nextInt(log.length - ends.get(0));
            Path copy = copy(image, "cut" + i);
            Files.write(onlyLog(copy), Arrays.copyOf(log, end));

            long whole = ends.stream().filter(each -> each <= end).count();
            assertThat(open(copy)).as("log cut at byte %d", end).isEqualTo((int) whole);
        }
    }

    @Test
    void open_ofALastRecordWithHoles_movesItOut() throws Exception {
        Path image = imageOfARunningStore("image");
        Path log = onlyLog(image);
        byte[] bytes = Files.readAllBytes(log);
        int last = ends.get(RECORDS - 2);
        Arrays.fill(bytes, last + 400, last + 900, (byte) 0);
        Files.write(log, bytes);

        assertThat(open(image)).isEqualTo(RECORDS - 1);
        assertThat(Path.of(log + ".torn")).hasBinaryContent(Arrays.copyOfRange(bytes, last, bytes.length));
        assertThat(open(image)).isEqualTo(RECORDS - 1);
    }

    @Test
    void open_ofALastRecordOverSeveralBlocksWithAHoleInItsMiddle_movesItOut() throws Exception {
        Path directory = temporary.resolve("large");
        Storage storage = opener(directory).open();
        storage.write(record(0, 1_000), true);
        storage.write(record(1, 200_000), true);
        Path image = copy(directory, "large-image");
        storage.close();
        byte[] bytes = Files.readAllBytes(onlyLog(image));
        Arrays.fill(bytes, 70_000, 74_096, (byte) 0);
        Files.write(onlyLog(image), bytes);

        assertThat(open(image)).isEqualTo(1);
    }

    @Test
    void open_ofALogDamagedInItsMiddle_stopsAndNamesTheFile() throws Exception {
        for (int place : new int[] {0, 3, 100}) {
            Path image = imageOfARunningStore("middle" + place);
            Path log = onlyLog(image);
            byte[] bytes = Files.readAllBytes(log);
            bytes[ends.get(9) + place] ^= 1;
            Files.write(log, bytes);

            assertThatThrownBy(() -> opener(image).open())
                    .isInstanceOfSatisfying(
                            StorageFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.DAMAGED))
                    .hasMessageContaining("the log file " + log + " has a damaged record at byte " + ends.get(9))
                    .hasMessageContaining("restore a backup");
            assertThat(log).hasBinaryContent(bytes);
        }
    }

    @Test
    void open_ofAnOlderLogThatLostItsEnd_stopsAndNamesTheFile() throws Exception {
        Path directory = temporary.resolve("logs");
        Storage storage = new RocksOpener(new RocksSettings(directory, 16 << 20)).open();
        storage.write(new WriteSet().put(Table.HEADS, new byte[] {1}, new byte[100]), true);
        for (int i = 0; i < 40; i++) {
            storage.write(record(i, 200_000), true);
        }
        Path image = copy(directory, "logs-image");
        storage.close();
        List<Path> logs = files(image, "*.log");
        assertThat(logs).hasSizeGreaterThan(1);
        byte[] bytes = Files.readAllBytes(logs.get(0));
        Files.write(logs.get(0), Arrays.copyOf(bytes, bytes.length - 1_000));

        assertThatThrownBy(() -> opener(image).open())
                .isInstanceOf(StorageFailure.class)
                .hasMessageContaining(logs.get(0).toString());
    }

    @Test
    void open_ofADamagedTable_stopsAndNamesTheFile() throws Exception {
        Path directory = imageOfARunningStore("tables");
        open(directory); // what the start replayed is in tables now
        for (Path table : files(directory, "*.sst")) {
            byte[] bytes = Files.readAllBytes(table);
            Arrays.fill(bytes, 0, bytes.length - 60, (byte) 0x55);
            Files.write(table, bytes);
        }

        assertThatThrownBy(() -> open(directory))
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.DAMAGED))
                .hasMessageContaining(".sst");
    }

    @Test
    void open_ofAnotherFormat_stops() throws Exception {
        Path directory = temporary.resolve("newer");
        Storage storage = opener(directory).open();
        storage.write(new WriteSet().put(Table.META, KeySchema.meta("format"), new byte[] {9}), true);
        storage.close();

        assertThatThrownBy(() -> opener(directory).open())
                .isInstanceOf(StorageFailure.class)
                .hasMessageContaining("of another version than 1");
    }

    @Test
    void open_keepsOthersOut() throws Exception {
        Path directory = temporary.resolve("made/on/the/way");
        opener(directory).open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        opener(directory).open().close();
        for (Path file : files(directory, "*.sst")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void open_whereNoDirectoryCanBe_saysWhere() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "x");

        assertThatThrownBy(() -> opener(file.resolve("store")).open())
                .isInstanceOf(StorageFailure.class)
                .hasMessageContaining(file.resolve("store").toString());
    }

    private static RocksOpener opener(Path directory) {
        return new RocksOpener(RocksSettings.in(directory));
    }

    /** Opens, counts the records, which must be 0, 1, 2 …, and closes. */
    private static int open(Path directory) throws StorageFailure {
        Storage storage = opener(directory).open();
        int[] count = {0};
        storage.scan(Table.LOG, KeyRange.ALL, Direction.ASCENDING, (key, value) -> {
            assertThat(ByteBuffer.wrap(key).getInt()).isEqualTo(count[0]);
            count[0]++;
            return true;
        });
        storage.close();
        return count[0];
    }

    private static WriteSet record(int number, int size) {
        byte[] value = new byte[size];
        new Random(number).nextBytes(value);
        return new WriteSet()
                .put(Table.LOG, ByteBuffer.allocate(4).putInt(number).array(), value);
    }

    /** The files of a store that was not closed. */
    private Path imageOfARunningStore(String name) throws Exception {
        Path directory = temporary.resolve(name + "-live");
        Storage storage = opener(directory).open();
        ends.clear();
        for (int i = 0; i < RECORDS; i++) {
            storage.write(record(i, 1_000), true);
            ends.add((int) Files.size(onlyLog(directory)));
        }
        Path image = copy(directory, name);
        storage.close();
        return image;
    }

    private static Path onlyLog(Path directory) throws IOException {
        List<Path> logs = files(directory, "*.log");
        assertThat(logs).hasSize(1);
        return logs.get(0);
    }

    private static List<Path> files(Path directory, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            files.forEach(found::add);
        }
        found.sort(null);
        return found;
    }

    private Path copy(Path from, String name) throws IOException {
        Path to = Files.createDirectories(temporary.resolve(name));
        for (Path file : files(from, "*")) {
            if (!file.toString().endsWith(".so")) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
