package dev.waggle.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.auth.revocation.RevocationRegister.Outcome;
import dev.waggle.spec.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RevocationRegisterTest {
    private static final long START = 1_700_000_000_000L;
    private static final UserId ANN = new UserId("ann");
    private static final Revocation DISABLED = new Revocation.Disabled(ANN);
    private static final Revocation TOKEN = new Revocation.OfToken("i", "1", START + 10_000);

    private final SlowStore store = new SlowStore();
    private long now = START;

    /** A store whose writes end when the test says so. */
    private static final class SlowStore implements RevocationStore {
        final MemoryRevocations kept = new MemoryRevocations();
        final Deque<Runnable> writes = new ArrayDeque<>();
        boolean slow;
        boolean broken;

        @Override
        public List<Revocation> load() {
            if (broken) {
                throw new UncheckedIOException(new IOException("no disk"));
            }
            return kept.load();
        }

        @Override
        public CompletionStage<Void> put(Revocation revocation) {
            return write(() -> kept.put(revocation));
        }

        @Override
        public CompletionStage<Void> remove(Key key) {
            return write(() -> kept.remove(key));
        }

        private CompletionStage<Void> write(Runnable change) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            boolean fails = broken;
            writes.add(() -> {
                if (fails) {
                    done.completeExceptionally(new IOException("no disk"));
                } else {
                    change.run();
                    done.complete(null);
                }
            });
            if (!slow) {
                writes.remove().run();
            }
            return done;
        }
    }

    private RevocationRegister open() {
        return new RevocationRegister(store, () -> Instant.ofEpochMilli(now));
    }

    private static Outcome now(CompletionStage<Outcome> change) {
        return change.toCompletableFuture().getNow(null);
    }

    private static List<Revocation> held(RevocationRegister register) {
        return register.table().list(null, 100);
    }

    @Test
    void revoke_holdsAtOnce_andIsAnsweredWhenDurable() {
        RevocationRegister register = open();
        store.slow = true;
        CompletionStage<Outcome> change = register.revoke(TOKEN);

        assertThat(held(register)).containsExactly(TOKEN);
        assertThat(now(change)).isNull();
        store.writes.remove().run();
        assertThat(now(change)).isEqualTo(Outcome.DONE);
        assertThat(held(open())).containsExactly(TOKEN);
    }

    @Test
    void enable_holdsOnlyWhenDurable() {
        RevocationRegister register = open();
        register.revoke(DISABLED);
        store.slow = true;
        CompletionStage<Outcome> change = register.enable(ANN);

        assertThat(held(register)).containsExactly(DISABLED);
        store.writes.remove().run();
        assertThat(now(change)).isEqualTo(Outcome.DONE);
        assertThat(held(register)).isEmpty();
    }

    @Test
    void changes_ofOneUser_endAsTheyWereAskedFor() {
        RevocationRegister register = open();
        store.slow = true;
        register.revoke(DISABLED);
        register.enable(ANN);
        CompletionStage<Outcome> last = register.revoke(DISABLED);
        while (!store.writes.isEmpty()) {
            assertThat(store.writes).as("one at a time").hasSize(1);
            store.writes.remove().run();
        }

        assertThat(now(last)).isEqualTo(Outcome.DONE);
        assertThat(held(register)).containsExactly(DISABLED);
        assertThat(store.kept.load()).containsExactly(DISABLED);
    }

    @Test
    void change_storeFails_whatClosesHolds_whatOpensDoesNot() {
        RevocationRegister register = open();
        register.revoke(DISABLED);
        store.broken = true;

        assertThat(now(register.revoke(TOKEN))).isEqualTo(Outcome.FAILED);
        assertThat(now(register.enable(ANN))).isEqualTo(Outcome.FAILED);
        assertThat(held(register)).containsExactlyInAnyOrder(TOKEN, DISABLED);
        store.broken = false;
        assertThat(now(register.revoke(TOKEN))).isEqualTo(Outcome.DONE);
        assertThat(store.kept.load()).contains(TOKEN);
    }

    @Test
    void revoke_tooManyWait_busyAndUnchanged() {
        RevocationRegister register = open();
        store.slow = true;
        for (int i = 0; i < RevocationRegister.MOST_WAITING; i++) {
            register.revoke(new Revocation.OfToken("i", "" + i, START + 10_000));
        }

        assertThat(now(register.revoke(DISABLED))).isEqualTo(Outcome.BUSY);
        assertThat(now(register.enable(ANN))).isEqualTo(Outcome.BUSY);
        assertThat(register.table().list(null, 2_000)).doesNotContain(DISABLED);
        while (!store.writes.isEmpty()) {
            store.writes.remove().run();
        }
        store.slow = false;
        assertThat(now(register.revoke(DISABLED))).isEqualTo(Outcome.DONE);
    }

    @Test
    void sweep_expired_isForgottenEverywhere() {
        RevocationRegister register = open();
        register.revoke(TOKEN);
        register.revoke(DISABLED);
        now = TOKEN.until() - 1;
        register.sweep();
        assertThat(held(register)).hasSize(2);

        now = TOKEN.until();
        register.sweep();

        assertThat(held(register)).containsExactly(DISABLED);
        assertThat(store.kept.load()).containsExactly(DISABLED);
    }

    @Test
    void open_expiredWhileDown_isForgotten() {
        open().revoke(TOKEN);
        now = TOKEN.until();

        assertThat(held(open())).isEmpty();
        assertThat(store.kept.load()).isEmpty();
    }

    @Test
    void open_storeCannotBeRead_fails() {
        store.broken = true;

        assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
    }
}
