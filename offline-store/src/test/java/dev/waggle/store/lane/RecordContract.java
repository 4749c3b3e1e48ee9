package dev.waggle.store.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.RecordPage;
import dev.waggle.store.Reads.StoredRecord;
import dev.waggle.store.memory.WriteFault;
import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What records promise, whatever the medium. */
public abstract class RecordContract extends StoreContract {
    private static final RecordKey KEY = RecordKey.of("things", "one");

    private Command.PutRecord put(RecordKey key, long expected, @Nullable String value) {
        return new Command.PutRecord(key, expected, value == null ? null : Bytes.utf8(value), rig.clock.millis());
    }

    private long done(RecordKey key, long expected, @Nullable String value) {
        return rig.accepted(put(key, expected, value), Reply.RecordPut.class).version();
    }

    private Optional<StoredRecord> stored(RecordKey key) {
        return rig.store().reads().record(key).toCompletableFuture().join();
    }

    private @Nullable String value(RecordKey key) {
        return stored(key).map(record -> record.value().asUtf8()).orElse(null);
    }

    private RecordPage page(String kind, String prefix, @Nullable Bytes after, int limit) {
        return rig.store()
                .reads()
                .records(kind, Bytes.utf8(prefix), after, limit)
                .toCompletableFuture()
                .join();
    }

    private static List<String> keys(RecordPage page) {
        return page.records().stream()
                .map(record -> record.key().key().asUtf8())
                .toList();
    }

    @Test
    void put_thenChangedThenDeleted_isAsAskedAlsoAfterARestart() throws StorageFailure {
        assertThat(stored(KEY)).isEmpty();
        long first = done(KEY, 0, "a");
        assertThat(stored(KEY)).contains(new StoredRecord(KEY, first, Bytes.utf8("a")));
        long second = done(KEY, first, "b");
        rig.restart();
        assertThat(stored(KEY)).contains(new StoredRecord(KEY, second, Bytes.utf8("b")));
        assertThat(done(KEY, second, null)).isZero();
        rig.restart();
        assertThat(stored(KEY)).isEmpty();
        assertThat(rig.storage.syncs).containsOnly(true);
    }

    @Test
    void put_onAnotherVersionThanExpected_isRefusedAndChangesNothing() throws StorageFailure {
        assertThat(rejected(rig.ask(put(KEY, 7, "a")))).isEqualTo(Refusal.NOT_FOUND);
        assertThat(rejected(rig.ask(put(KEY, 7, null)))).isEqualTo(Refusal.NOT_FOUND);
        assertThat(stored(KEY)).isEmpty();
        long first = done(KEY, 0, "a");
        long second = done(KEY, first, "b");
        for (long stale : new long[] {0, first, second + 1}) {
            assertThat(rejected(rig.ask(put(KEY, stale, "c")))).isEqualTo(Refusal.EXISTS);
            assertThat(rejected(rig.ask(put(KEY, stale, null)))).isEqualTo(Refusal.EXISTS);
        }
        rig.restart();
        assertThat(rejected(rig.ask(put(KEY, first, "c")))).isEqualTo(Refusal.EXISTS);
        assertThat(value(KEY)).isEqualTo("b");
    }

    @Test
    void put_whatWasDeletedAndMadeAgain_isNotTakenForWhatItWas() {
        long first = done(KEY, 0, "a");
        done(KEY, first, null);
        assertThat(done(KEY, 0, null)).as("nothing there, as asked for").isZero();
        rig.clock.advance(1);
        assertThat(done(KEY, 0, "b")).isGreaterThan(first);
        assertThat(rejected(rig.ask(put(KEY, first, "c")))).isEqualTo(Refusal.EXISTS);
    }

    @Test
    void put_twiceInOneGroup_oneWins() {
        List<Outcome> outcomes = new ArrayList<>();
        rig.store().submit("a", put(KEY, 0, "a"), outcomes::add);
        rig.store().submit("b", put(KEY, 0, "b"), outcomes::add);
        rig.store().step();

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Accepted.class);
        assertThat(rejected(outcomes.get(1))).isEqualTo(Refusal.EXISTS);
        assertThat(value(KEY)).isEqualTo("a");
        assertThat(rig.storage.syncs).containsExactly(true);
    }

    @Test
    void put_coldRecord_waitsForItsVersion() throws StorageFailure {
        long first = done(KEY, 0, "a");
        rig.restart();
        rig.storage.cold(true);
        assertThat(rejected(rig.ask(put(KEY, 0, "b")))).isEqualTo(Refusal.EXISTS);
        assertThat(done(KEY, first, "c")).isGreaterThan(first);
        rig.storage.cold(false);
        assertThat(value(KEY)).isEqualTo("c");
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteFault.class,
            names = {"BEFORE", "DURING", "AFTER"})
    void put_writeFails_nothingIsPromisedAndTheNextLookTells(WriteFault fault) {
        long first = done(KEY, 0, "a");
        rig.storage.failNextWrite(fault);
        assertThat(rig.ask(put(KEY, first, "b"))).isInstanceOf(Outcome.Failed.class);
        rig.clock.advance(1_000);
        rig.run();

        StoredRecord now = stored(KEY).orElseThrow();
        assertThat(now.value().asUtf8()).isEqualTo(now.version() == first ? "a" : "b");
        assertThat(done(KEY, now.version(), "c")).isGreaterThan(first);
        assertThat(value(KEY)).isEqualTo("c");
    }

    @Test
    void records_ofAKind_pageAfterPageInTheOrderOfTheirKeys() {
        for (String key : List.of("b", "a", "b\u0000x", "ba", "c", "b\u007f")) {
            done(RecordKey.of("k", key), 0, "of " + key);
        }
        done(RecordKey.of("kk", "b"), 0, "of another kind");
        done(RecordKey.of("j", "b"), 0, "of another kind");

        assertThat(keys(page("k", "", null, 1_000))).containsExactly("a", "b", "b\u0000x", "ba", "b\u007f", "c");
        assertThat(page("k", "", null, 1_000).more()).isFalse();
        assertThat(keys(page("k", "b", null, 1_000))).containsExactly("b", "b\u0000x", "ba", "b\u007f");
        RecordPage first = page("k", "b", null, 2);
        assertThat(keys(first)).containsExactly("b", "b\u0000x");
        assertThat(first.more()).isTrue();
        RecordPage second = page("k", "b", first.records().get(1).key().key(), 2);
        assertThat(keys(second)).containsExactly("ba", "b\u007f");
        assertThat(second.more()).isFalse();
        assertThat(keys(page("k", "b", Bytes.utf8("a"), 2))).containsExactly("b", "b\u0000x");
        assertThat(page("k", "b", Bytes.utf8("d"), 2).records()).isEmpty();
        assertThat(page("none", "", null, 2).records()).isEmpty();
        assertThatThrownBy(() -> page("k", "", null, 1_001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void records_large_endThePageEarly() {
        Bytes large = Bytes.wrap(new byte[Command.PutRecord.MAX_VALUE_BYTES]);
        for (int i = 10; i < 30; i++) {
            rig.accepted(
                    new Command.PutRecord(RecordKey.of("k", "" + i), 0, large, rig.clock.millis()),
                    Reply.RecordPut.class);
        }
        RecordPage page = page("k", "", null, 1_000);
        assertThat(page.records()).hasSize(8);
        assertThat(page.more()).isTrue();
    }
}
