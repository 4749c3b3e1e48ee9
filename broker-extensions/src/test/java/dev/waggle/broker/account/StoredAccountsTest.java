package dev.waggle.broker.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.auth.account.Account;
import dev.waggle.auth.account.AccountStore;
import dev.waggle.auth.account.AccountStoreContract;
import dev.waggle.auth.account.RefreshFamily;
import dev.waggle.auth.account.SecretHash;
import dev.waggle.broker.testkit.OpenedStore;
import dev.waggle.broker.testkit.ScriptedStore;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.BinaryWriter;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.Reads.StoredRecord;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of account stores, on disk. */
class StoredAccountsTest extends AccountStoreContract {
    private static final UserId ANN = new UserId("ann");

    @TempDir
    Path directory;

    private final InstantSource clock = InstantSource.system();
    private OpenedStore opened;

    @Override
    protected AccountStore create() throws Exception {
        opened = OpenedStore.on(directory, clock);
        return new StoredAccounts(opened.store, clock);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void replaced_afterOpeningAgain_isThere() throws Exception {
        AccountStore first = new StoredAccounts(opened.store, clock);
        Account account = new Account(ANN, "hash", Actor.Role.MODERATOR, false);
        RefreshFamily family =
                new RefreshFamily("f", ANN, new DeviceId("phone"), new SecretHash("a1"), new SecretHash("b2"), 1, 2, 3);
        RefreshFamily gone = new RefreshFamily("g", ANN, new DeviceId("laptop"), new SecretHash("a1"), null, 1, 2, 3);
        assertThat(first.replace(null, account)).isTrue();
        assertThat(first.replace(null, family)).isTrue();
        assertThat(first.replace(null, gone)).isTrue();
        assertThat(first.replace(gone, null)).isTrue();
        opened.close();

        AccountStore again = create();
        assertThat(again.account(ANN)).contains(account);
        assertThat(again.families(ANN)).containsExactly(family);
        assertThat(again.family("g")).isEmpty();
    }

    @Test
    void account_withARoleOfTheConfiguration_isThereAfterOpeningAgain() throws Exception {
        Account meter = new Account(ANN, "hash", "sensor", true);
        assertThat(new StoredAccounts(opened.store, clock).replace(null, meter)).isTrue();
        opened.close();

        assertThat(create().account(ANN)).contains(meter);
    }

    /** What was written before there were roles of the configuration. */
    @Test
    void account_withABuiltInRole_keepsItsForm() {
        Bytes row = Bytes.wrap(
                new BinaryWriter(16).u8(1).u8(3).flag(true).text("hash").toByteArray());
        Account moderator = new Account(ANN, "hash", Actor.Role.MODERATOR, true);

        assertThat(AccountRows.account(moderator)).isEqualTo(row);
        assertThat(AccountRows.account(ANN, new StoredRecord(RecordKey.of("account", "ann"), 1, row)))
                .isEqualTo(moderator);
    }

    @Test
    void families_ofManyMoreThanAPage_areAllThere() {
        AccountStore accounts = new StoredAccounts(opened.store, clock);
        for (int i = 0; i < 1_100; i++) {
            accounts.replace(
                    null, new RefreshFamily("f" + i, ANN, new DeviceId("d"), new SecretHash("a1"), null, i, i, i + 1));
        }
        assertThat(accounts.families(ANN)).hasSize(1_100);
        assertThat(accounts.families(new UserId("an"))).isEmpty();
    }

    @Test
    void family_textThatIsNoName_isNotThere() {
        AccountStore accounts = new StoredAccounts(opened.store, clock);
        for (String id : new String[] {"", "a\u0000b", "x".repeat(100_000), "\uD800"}) {
            assertThat(accounts.family(id)).isEmpty();
        }
    }

    @Test
    void replace_storeIsFullOrFails_throws() {
        ScriptedStore full = new ScriptedStore();
        full.full = true;
        AccountStore accounts = new StoredAccounts(full, clock);
        assertThatThrownBy(() -> accounts.replace(null, new Account(ANN, "hash", Actor.Role.USER, true)))
                .isInstanceOf(UncheckedIOException.class);
    }
}
