package dev.waggle.push.rules;

import dev.waggle.push.Push;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was pushed lately, per device: of which conversation and when, how much of the budgets is left, which number the app
 * shows. In memory only, and bounded: the device of which something was noted longest ago is forgotten first. What is
 * forgotten only costs a repeat or an early push. Owned by one thread.
 */
public final class Ledger {
    private final PushLimits limits;
    private final int most;

    /** The one noted longest ago first. */
    private final Map<Key, DeviceLedger> devices = new LinkedHashMap<>();

    /** @param most devices that are remembered, of all users together, at least 1 */
    public Ledger(PushLimits limits, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a ledger remembers at least one device");
        }
        this.limits = limits;
        this.most = most;
    }

    private record Key(UserId user, DeviceId device) {}

    /**
     * Notes what was decided, once it is safe that it happens: a push that was handed over counts as sent.
     *
     * @param now Unix milliseconds
     */
    public void note(UserId user, Decision decision, long now) {
        if (decision instanceof Decision.Send send) {
            noteSend(open(user, send.device()), send, now);
        } else if (decision instanceof Decision.Skip skip && skip.conversation() == null) {
            DeviceLedger device = open(user, skip.device());
            if (skip.reason() == Reason.AWAKE) {
                device.told();
            } else {
                device.needsNoUpdate();
            }
        }
    }

    private static void noteSend(DeviceLedger device, Decision.Send send, long now) {
        if (send.push().kind() == Push.Kind.UPDATE || send.conversation() == null) {
            device.updated(send.push(), now);
        } else {
            device.pushed(send.conversation(), send.seq(), send.push(), send.shown(), now);
        }
    }

    /** One in which nothing was noted yet. */
    public Ledger blank() {
        return new Ledger(limits, 1);
    }

    /** The device has gone for good, or is another one now. */
    public void forget(UserId user, DeviceId device) {
        devices.remove(new Key(user, device));
    }

    /** Devices that are remembered. */
    public int size() {
        return devices.size();
    }

    boolean knows(UserId user, DeviceId device) {
        return devices.containsKey(new Key(user, device));
    }

    /** For reading. */
    DeviceLedger look(UserId user, DeviceId device) {
        DeviceLedger known = devices.get(new Key(user, device));
        return known == null ? new DeviceLedger(limits) : known;
    }

    /** For writing. */
    DeviceLedger open(UserId user, DeviceId device) {
        Key key = new Key(user, device);
        DeviceLedger known = devices.remove(key);
        DeviceLedger opened = known == null ? new DeviceLedger(limits) : known;
        devices.put(key, opened);
        if (devices.size() > most) {
            devices.remove(devices.keySet().iterator().next());
        }
        return opened;
    }
}
