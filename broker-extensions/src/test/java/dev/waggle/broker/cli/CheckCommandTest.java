package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.cli.local.DataDirectory;
import dev.waggle.spec.ConversationId;
import dev.waggle.store.lane.StoreRig;
import dev.waggle.store.rocks.RocksOpener;
import dev.waggle.store.rocks.RocksSettings;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final ConversationId CHAT = StoreRig.ALICE_BOB;

    @TempDir
    private Path folder;

    private Path data;
    private RocksOpener opener;

    @BeforeEach
    void traffic() throws Exception {
        data = folder.resolve("data");
        opener = new RocksOpener(new RocksSettings(data.resolve("store"), 16 << 20));
        StoreRig rig = new StoreRig(opener).boot();
        rig.open(StoreRig.BOB, StoreRig.PHONE, false, 3_600);
        for (int i = 0; i < 5; i++) {
            rig.ask(rig.message(StoreRig.ALICE, CHAT, "k" + i, "m" + i));
        }
        rig.store().close();
    }

    @Test
    void soundStore_exits0_andChangesNothing() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("check", "--data", data.toString())).isZero();
        assertThat(shell.out())
                .isEqualTo("sound: 5 entries of 1 conversations, 10 pointers of 2 inboxes, 5 keys, 2 users\n");
        assertThat(new Shell(folder).run("check", "--data", data.toString())).isZero();
    }

    @Test
    void missingRow_exits1_andIsNamed() throws Exception {
        try (Storage storage = opener.open()) {
            storage.write(new WriteSet().delete(Table.LOG, KeySchema.log(CHAT, 3)), true);
        }
        Shell shell = new Shell(folder);
        assertThat(shell.run("check", "--data", data.toString())).isEqualTo(1);
        assertThat(shell.out().lines())
                .contains(
                        "damaged: " + CHAT + ": entries 3 to 3 are missing",
                        "damaged: inbox of bob: points to entry 3 of " + CHAT + ", which is not there");
    }

    @Test
    void runningBroker_exits3() throws Exception {
        try (DataDirectory owned = DataDirectory.own(data)) {
            Shell shell = new Shell(folder);
            assertThat(shell.run("check", "--data", data.toString())).isEqualTo(3);
            assertThat(shell.err()).contains("in use by another process");
            assertThat(owned.path()).isEqualTo(data);
        }
    }

    @Test
    void noStore_exits2_andMakesNone() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("check", "--data", folder.resolve("other").toString()))
                .isEqualTo(2);
        assertThat(shell.err()).contains("there is no store in " + folder.resolve("other"));
        assertThat(folder.resolve("other")).doesNotExist();
    }
}
