package dev.waggle.store.lane;

import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Refusal;
import dev.waggle.store.Outcome;
import dev.waggle.store.storage.StorageOpener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store that a test turns, over any medium. */
public abstract class StoreContract {
    protected StoreRig rig;

    /** Opens the same store again and again; empty at first. */
    protected abstract StorageOpener opener() throws Exception;

    @BeforeEach
    void boot() throws Exception {
        rig = new StoreRig(opener(), smallInboxes(), LaneLimits.defaults()).boot();
    }

    @AfterEach
    void close() {
        rig.readers.release();
        rig.store().close();
    }

    static Refusal rejected(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            return rejected.rejection().refusal();
        }
        throw new AssertionError("not rejected: " + outcome);
    }

    static Limits smallInboxes() {
        return small(200, false, false);
    }

    /** Inboxes of 100 entries. */
    static Limits small(int conversationsPerDay, boolean refuseUnknown, boolean refuseBlocked) {
        Limits defaults = Limits.defaults();
        return new Limits(
                defaults.body(),
                defaults.properties(),
                defaults.packet(),
                defaults.receiveMaximum(),
                defaults.topic(),
                defaults.groupMembers(),
                defaults.devicesPerUser(),
                100,
                100,
                defaults.inboxAge(),
                conversationsPerDay,
                refuseUnknown,
                refuseBlocked,
                defaults.sessionExpiry(),
                defaults.keyWindow(),
                defaults.callKeyWindow(),
                defaults.windowMessages(),
                defaults.windowBytes(),
                defaults.history());
    }
}
