package dev.waggle.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every {@link RevocationStore} does. */
public abstract class RevocationStoreContract {
    private static final UserId ANN = new UserId("ann");
    private static final Revocation TOKEN =
            new Revocation.OfToken("https://login.example.org/realms/a", "id/1 ~", 1_800_000_000_000L);
    private static final Revocation DEVICE = new Revocation.OfDevice(ANN, new DeviceId("phone"), 1_700_000_001_000L);
    private static final Revocation USER = new Revocation.OfUser(ANN, 1_700_000_002_000L);
    private static final Revocation DISABLED = new Revocation.Disabled(ANN);

    private static final Revocation LOG_INS = new Revocation.OfLogIns(ANN, null, 1_700_000_003_000L);
    private static final Revocation LOG_IN = new Revocation.OfLogIns(ANN, new DeviceId("phone"), 1_700_000_004_000L);

    private final RevocationStore store = create();

    /** An empty one. */
    protected abstract RevocationStore create();

    private static void done(CompletionStage<Void> change) {
        assertThat(change.toCompletableFuture()).succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    @Test
    void load_nothingPut_isEmpty() {
        assertThat(store.load()).isEmpty();
    }

    @Test
    void load_oneOfEachKind_asTheyWere() {
        List.of(TOKEN, DEVICE, USER, DISABLED, LOG_INS, LOG_IN).forEach(each -> done(store.put(each)));

        assertThat(store.load()).containsExactlyInAnyOrder(TOKEN, DEVICE, USER, DISABLED, LOG_INS, LOG_IN);
    }

    @Test
    void put_sameKey_insteadOfTheFormer() {
        Revocation later = new Revocation.OfUser(ANN, 1_700_000_003_000L);
        done(store.put(USER));
        done(store.put(later));

        assertThat(store.load()).containsExactly(later);
    }

    @Test
    void put_keysThatDifferInOnePart_areAllKept() {
        List<Revocation> alike = List.of(
                new Revocation.OfToken("a", "b/c", 5),
                new Revocation.OfToken("a/b", "c", 5),
                new Revocation.OfToken("ab", "c", 5),
                new Revocation.OfUser(new UserId("a"), 1_000),
                new Revocation.OfUser(new UserId("A"), 1_000),
                new Revocation.Disabled(new UserId("a")),
                new Revocation.OfDevice(new UserId("a"), new DeviceId("b"), 1_000),
                new Revocation.OfDevice(new UserId("a"), new DeviceId("B"), 1_000));
        alike.forEach(each -> done(store.put(each)));

        assertThat(store.load()).containsExactlyInAnyOrderElementsOf(alike);
    }

    @Test
    void put_longestNames_areKept() {
        Revocation longest = new Revocation.OfToken("i".repeat(255), "t".repeat(255), 253_402_300_799_000L);
        done(store.put(longest));

        assertThat(store.load()).containsExactly(longest);
    }

    @Test
    void remove_one_leavesTheOthers() {
        List.of(TOKEN, USER, DISABLED).forEach(each -> done(store.put(each)));
        done(store.remove(DISABLED.key()));
        done(store.remove(DISABLED.key()));

        assertThat(store.load()).containsExactlyInAnyOrder(TOKEN, USER);
    }
}
