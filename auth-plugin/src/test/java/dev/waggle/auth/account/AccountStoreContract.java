package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AccountStore} does. */
public abstract class AccountStoreContract {
    private static final UserId ANN = new UserId("ann");
    private static final Account FIRST = new Account(ANN, "hash 1", Actor.Role.USER, true);
    private static final Account SECOND = new Account(ANN, "hash 2", "sensor", false);

    private AccountStore store;

    @BeforeEach
    void open() throws Exception {
        store = create();
    }

    /** An empty one. */
    protected abstract AccountStore create() throws Exception;

    static RefreshFamily family(String id, UserId user, String device, long startedAt) {
        return new RefreshFamily(
                id, user, new DeviceId(device), SecretHash.of(id), null, startedAt, startedAt, startedAt + 1_000);
    }

    @Test
    void account_neverMade_isNotThere() {
        assertThat(store.account(ANN)).isEmpty();
        assertThat(store.family("none")).isEmpty();
        assertThat(store.families(ANN)).isEmpty();
    }

    @Test
    void replace_account_onlyInsteadOfWhatIsThere() {
        assertThat(store.replace(FIRST, SECOND)).isFalse();
        assertThat(store.replace(null, FIRST)).isTrue();
        assertThat(store.replace(null, SECOND)).isFalse();
        assertThat(store.replace(SECOND, FIRST)).isFalse();
        assertThat(store.account(ANN)).contains(FIRST);
        assertThat(store.replace(FIRST, SECOND)).isTrue();
        assertThat(store.account(ANN)).contains(SECOND);
        assertThat(store.account(new UserId("Ann"))).isEmpty();
    }

    @Test
    void replace_family_onlyInsteadOfWhatIsThere() {
        RefreshFamily first = family("f", ANN, "phone", 1);
        RefreshFamily turned =
                new RefreshFamily("f", ANN, new DeviceId("phone"), SecretHash.of("next"), first.current(), 1, 5, 2_000);
        assertThat(store.replace(first, turned)).isFalse();
        assertThat(store.replace(null, first)).isTrue();
        assertThat(store.replace(null, turned)).isFalse();
        assertThat(store.replace(first, turned)).isTrue();
        assertThat(store.replace(first, null)).isFalse();
        assertThat(store.family("f")).contains(turned);
        assertThat(store.replace(turned, null)).isTrue();
        assertThat(store.family("f")).isEmpty();
        assertThat(store.replace(turned, null)).isFalse();
    }

    @Test
    void families_ofOneUser_inTheOrderOfTheirMaking() {
        store.replace(null, family("b", ANN, "laptop", 2));
        store.replace(null, family("c", ANN, "phone", 1));
        store.replace(null, family("a", new UserId("bob"), "phone", 1));
        assertThat(store.families(ANN)).extracting(RefreshFamily::id).containsExactly("c", "b");
    }

    @Test
    void accounts_all_pageAfterPageInTheOrderOfTheirIds() {
        for (String user : List.of("ben", "ann", "Ann", "ann2", "a")) {
            assertThat(store.replace(null, new Account(new UserId(user), "hash", Actor.Role.USER, true)))
                    .isTrue();
        }
        store.replace(null, family("f", ANN, "phone", 1));
        assertThat(store.accounts(null, 1_000))
                .extracting(account -> account.user().value())
                .containsExactly("Ann", "a", "ann", "ann2", "ben");
        assertThat(store.accounts(null, 2)).hasSize(2);
        assertThat(store.accounts(ANN, 2))
                .extracting(account -> account.user().value())
                .containsExactly("ann2", "ben");
        assertThat(store.accounts(new UserId("ben"), 2)).isEmpty();
    }

    @Test
    void replace_manyAtOnce_oneWins() throws Exception {
        store.replace(null, FIRST);
        AtomicInteger winners = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Account> others = IntStream.range(0, 8)
                .mapToObj(i -> FIRST.withPasswordHash("other " + i))
                .toList();
        for (Account other : others) {
            threads.execute(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (store.replace(FIRST, other)) {
                    winners.incrementAndGet();
                }
            });
        }
        go.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(winners).hasValue(1);
        assertThat(store.account(ANN).orElseThrow()).isIn(others);
    }
}
