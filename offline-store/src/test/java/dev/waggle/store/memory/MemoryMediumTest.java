package dev.waggle.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.store.storage.Glimpse;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryMediumTest {
    private final MemoryMedium medium = new MemoryMedium();

    @Test
    void powerCut_losesTheUnsyncedFromSomePointOn() throws StorageFailure {
        Storage storage = medium.open();
        storage.write(number(1), true);
        storage.write(number(2), false);
        storage.write(number(3), false);
        storage.write(number(4), false);
        assertThat(medium.unsynced()).isEqualTo(3);

        medium.powerCut(1);

        assertThat(last(medium.open())).isEqualTo(2);
        assertThat(medium.unsynced()).isZero();
    }

    @Test
    void powerCut_afterASync_losesNothing() throws StorageFailure {
        Storage storage = medium.open();
        storage.write(number(1), false);
        storage.write(number(2), true);

        medium.powerCut(0);

        assertThat(last(medium.open())).isEqualTo(2);
    }

    @Test
    void kill_losesNothingThatWasWritten() throws StorageFailure {
        Storage storage = medium.open();
        storage.write(number(1), false);

        medium.kill();

        assertThatThrownBy(() -> storage.get(Table.LOG, new byte[1])).hasMessage("the power is cut");
        storage.close();
        assertThat(last(medium.open())).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteFault.class,
            names = {"BEFORE", "DURING", "AFTER"})
    void write_thatFails_breaksTheHandleForWritesAlone(WriteFault fault) throws StorageFailure {
        Storage storage = medium.open();
        storage.write(number(1), true);
        medium.plan(sync -> fault);
        assertThatThrownBy(() -> storage.write(number(2), true)).isInstanceOf(StorageFailure.class);
        medium.plan(sync -> WriteFault.NONE);

        assertThatThrownBy(() -> storage.write(number(3), true)).hasMessageContaining("must be reopened");
        assertThat(last(storage)).isEqualTo(1);

        storage.close();
        assertThat(last(medium.open())).isEqualTo(fault == WriteFault.AFTER ? 2 : 1);
    }

    @Test
    void write_thatFailsAfterItsBytesWereThere_isInDoubtAtAPowerCut() throws StorageFailure {
        Storage storage = medium.open();
        medium.plan(sync -> WriteFault.AFTER);
        assertThatThrownBy(() -> storage.write(number(1), true)).isInstanceOf(StorageFailure.class);

        medium.powerCut(0);

        assertThat(last(medium.open())).isZero();
    }

    @Test
    void open_whenRefused_works_whenItIsNoLonger() throws StorageFailure {
        medium.refuseToOpen(new StorageFailure(StorageFailure.Kind.FULL, "no space"));
        assertThatThrownBy(medium::open).hasMessage("no space");
        medium.refuseToOpen(null);

        medium.open().close();
    }

    @Test
    void tryGet_ofAColdKey_isUnknown() throws StorageFailure {
        Storage storage = medium.open();
        storage.write(number(1), true);
        medium.cold((table, key) -> table == Table.LOG);

        assertThat(storage.tryLast(Table.LOG, KeyRange.ALL)).isInstanceOf(Glimpse.Unknown.class);
        assertThat(storage.tryRange(Table.LOG, KeyRange.ALL, 1)).isInstanceOf(Glimpse.Unknown.class);
        assertThat(storage.tryGet(Table.LOG, key(1))).isInstanceOf(Glimpse.Unknown.class);
        assertThat(storage.tryGet(Table.INBOX, key(1))).isInstanceOf(Glimpse.Present.class);
    }

    /** However it ends, the store holds a prefix of what was written, and never less than what was synced. */
    @Test
    void anyCrash_leavesALegalOutcome() throws StorageFailure {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            MemoryMedium disk = new MemoryMedium();
            disk.plan(sync -> random.nextInt(8) == 0 ? WriteFault.values()[1 + random.nextInt(3)] : WriteFault.NONE);
            long written = 0;
            for (int life = 0; life < 10; life++) {
                Storage storage = disk.open();
                long found = last(storage);
                assertThat(found).as("seed %d", seed).isLessThanOrEqualTo(written);
                written = found;
                long synced = found;
                for (int i = random.nextInt(10); i > 0; i--) {
                    boolean sync = random.nextBoolean();
                    try {
                        storage.write(number(++written), sync);
                    } catch (StorageFailure inDoubt) {
                        break;
                    }
                    synced = sync ? written : synced;
                }
                if (random.nextBoolean()) {
                    disk.powerCut(random.nextInt(disk.unsynced() + 1));
                } else {
                    disk.kill();
                }
                Storage after = disk.open();
                assertThat(last(after)).as("seed %d", seed).isBetween(synced, written);
                assertNoHole(after);
                after.close();
            }
        }
    }

    private static void assertNoHole(Storage storage) throws StorageFailure {
        for (long n = last(storage); n > 0; n--) {
            assertThat(storage.get(Table.LOG, key(n))).isNotNull();
            assertThat(storage.get(Table.INBOX, key(n))).isNotNull();
        }
    }

    private static WriteSet number(long number) {
        return new WriteSet().put(Table.LOG, key(number), new byte[0]).put(Table.INBOX, key(number), new byte[0]);
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long last(Storage storage) throws StorageFailure {
        Row row = storage.last(Table.LOG, KeyRange.ALL);
        return row == null ? 0 : ByteBuffer.wrap(row.key()).getLong();
    }
}
