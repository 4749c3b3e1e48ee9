package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link InvitationStore} does. */
public abstract class InvitationStoreContract {
    private static final Invitation FIRST = new Invitation("aa", SecretHash.of("s"), 1_000, 1_700_000_000_000L);

    private InvitationStore store;

    @BeforeEach
    void open() throws Exception {
        store = create();
    }

    /** An empty one. */
    protected abstract InvitationStore create() throws Exception;

    @Test
    void replace_onlyInsteadOfWhatIsThere() {
        Invitation used = FIRST.withUses(0);
        assertThat(store.invitation("aa")).isEmpty();
        assertThat(store.replace(FIRST, used)).isFalse();
        assertThat(store.replace(null, FIRST)).isTrue();
        assertThat(store.replace(null, FIRST)).isFalse();
        assertThat(store.replace(used, FIRST)).isFalse();
        assertThat(store.invitation("aa")).contains(FIRST);
        assertThat(store.replace(FIRST, used)).isTrue();
        assertThat(store.replace(FIRST, null)).isFalse();
        assertThat(store.invitation("aa")).contains(used);
        assertThat(store.replace(used, null)).isTrue();
        assertThat(store.replace(used, null)).isFalse();
        assertThat(store.invitation("aa")).isEmpty();
    }

    @Test
    void invitation_textThatIsNoId_isNotThere() {
        for (String id : new String[] {"", "a\u0000b", "x".repeat(100_000), "\uD800"}) {
            assertThat(store.invitation(id)).isEmpty();
        }
    }

    @Test
    void invitations_pageAfterPageInTheOrderOfTheirIds() {
        for (String id : List.of("c", "a", "b", "ab")) {
            store.replace(null, new Invitation(id, SecretHash.of(id), 1, 1));
        }
        assertThat(store.invitations(null, 1_000)).extracting(Invitation::id).containsExactly("a", "ab", "b", "c");
        assertThat(store.invitations("ab", 1)).extracting(Invitation::id).containsExactly("b");
        assertThat(store.invitations("c", 10)).isEmpty();
    }

    @Test
    void replace_manyAtOnce_oneWins() throws Exception {
        store.replace(null, FIRST);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> all = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> store.replace(FIRST, FIRST.withUses(i)))
                    .toList();
            int winners = 0;
            for (Future<Boolean> each : threads.invokeAll(all)) {
                winners += each.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
