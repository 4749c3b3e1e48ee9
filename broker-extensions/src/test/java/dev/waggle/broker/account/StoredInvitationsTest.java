package dev.waggle.broker.account;

import dev.waggle.auth.account.InvitationStore;
import dev.waggle.auth.account.InvitationStoreContract;
import dev.waggle.broker.testkit.OpenedStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores of invitations, on disk. */
class StoredInvitationsTest extends InvitationStoreContract {
    @TempDir
    Path directory;

    private final InstantSource clock = InstantSource.system();
    private OpenedStore opened;

    @Override
    protected InvitationStore create() throws Exception {
        opened = OpenedStore.on(directory, clock);
        return new StoredInvitations(opened.store, clock);
    }

    @AfterEach
    void close() {
        opened.close();
    }
}
