package dev.waggle.store.rocks;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.HistoryLimits;
import dev.waggle.spec.Limits;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.lane.LaneLimits;
import dev.waggle.store.lane.StoreRig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** What was erased is on the disk no more once its tables were compacted; what was not is. */
class ErasedBytesTest {
    /** Bodies that no compression shortens and nothing else holds. */
    private static final String KEPT = "k7Qz-wX3p-9LmR-tB5v";

    private static final String EDITED = "e1Vn-8sKd-Yf2J-cH6u";
    private static final String EDIT = "d4Gh-rP0x-Wa7M-zN3b";
    private static final String DELETED = "x9Tc-5jLq-Eo8S-iU1y";
    private static final String TRIMMED = "t2Fk-vR6m-Bd4Z-hC0w";

    private int keys;

    @TempDir
    Path temporary;

    @Test
    void erasedBodies_areGone_afterCompaction() throws Exception {
        Path directory = temporary.resolve("store");
        StoreRig rig =
                new StoreRig(new RocksOpener(new RocksSettings(directory, 16L << 20)), limits(), LaneLimits.defaults());
        rig.boot();
        rig.send(ALICE, ALICE_BOB, TRIMMED);
        rig.pass(Duration.ofDays(20));
        rig.send(ALICE, ALICE_BOB, KEPT);
        rig.accepted(rig.message(ALICE, ALICE_BOB, "key", EDITED), Reply.Sent.class);
        rig.send(ALICE, ALICE_BOB, DELETED);
        edit(rig, 3, EDIT);
        edit(rig, 3, "harmless");
        edit(rig, 4, EDIT);
        rig.accepted(
                new Command.DeleteMessages(
                        Actor.of(ALICE, PHONE), ALICE_BOB, SeqRanges.of(4, 4), key(), rig.clock.millis()),
                Reply.Deleted.class);
        for (String text : List.of(KEPT, EDITED, EDIT, DELETED, TRIMMED)) {
            assertThat(filesWith(directory, text)).as(text).isNotEmpty();
        }
        rig.pass(Duration.ofDays(15));
        rig.pass(Duration.ofMinutes(2));
        rig.store().close();
        compact(directory);

        assertThat(filesWith(directory, KEPT)).isNotEmpty();
        for (String text : List.of(EDITED, EDIT, DELETED, TRIMMED)) {
            assertThat(filesWith(directory, text)).as(text).isEmpty();
        }
    }

    private static Limits limits() {
        return StoreRig.keeping(new HistoryLimits(10_000, Duration.ofDays(30), Duration.ofDays(1), Duration.ofDays(1)));
    }

    private void edit(StoreRig rig, long seq, String body) {
        rig.accepted(
                new Command.EditMessage(
                        Actor.of(ALICE, PHONE), ALICE_BOB, seq, Bytes.utf8(body), key(), rig.clock.millis()),
                Reply.Edited.class);
        keys++;
    }

    private SendKey key() {
        return new SendKey(Bytes.utf8("call " + keys));
    }

    private static void compact(Path directory) throws RocksDBException {
        List<ColumnFamilyDescriptor> tables = new ArrayList<>();
        try (Options options = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, directory.toString())) {
                tables.add(new ColumnFamilyDescriptor(name));
            }
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB db = RocksDB.open(options, directory.toString(), tables, handles);
                CompactRangeOptions whole = new CompactRangeOptions()) {
            whole.setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce);
            for (ColumnFamilyHandle handle : handles) {
                db.compactRange(handle, null, null, whole);
            }
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    private static List<String> filesWith(Path directory, String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(text)) {
                    found.add(file.getFileName().toString());
                }
            }
        }
        return found;
    }
}
