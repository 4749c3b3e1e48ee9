package dev.waggle.push.rules;

import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what is pushed. Pure: changes nothing, reads no clock. To be called by the owner of the ledger.
 *
 * <p>For each device, entries are looked at one by one ({@link EntryRules}), then together ({@link DeviceRules}). The README
 * of the module has the table of all that is decided, in this order.
 */
public final class PushRules {
    private final PushLimits limits;
    private final Phrasing phrasing;

    public PushRules(PushLimits limits, Phrasing phrasing) {
        this.limits = limits;
        this.phrasing = phrasing;
    }

    /**
     * At least one decision for every device and every conversation in which something waits. Note them in the ledger when
     * they are safe ({@link Ledger#note}), and decide again at the earliest {@link Decision.Wait#until} or when anything in
     * the situation changes.
     */
    public List<Decision> decide(Situation situation, Ledger ledger) {
        Map<ConversationName, List<Waiting>> waiting = new LinkedHashMap<>();
        for (Waiting entry : situation.waiting()) {
            waiting.computeIfAbsent(entry.conversation(), any -> new ArrayList<>())
                    .add(entry);
        }
        List<Decision> decisions = new ArrayList<>();
        for (Sleeper device : situation.devices()) {
            DeviceLedger known = ledger.look(situation.user(), device.device());
            decisions.addAll(new DeviceRules(limits, phrasing, situation, device, known).decide(waiting));
        }
        return decisions;
    }

    /**
     * Up to which position each device has nothing left to do, once the pushes of these decisions are accepted. Never lower
     * than before.
     */
    public Map<DeviceId, Long> handled(Situation situation, List<Decision> decisions) {
        Map<DeviceId, Long> handled = new HashMap<>();
        for (Sleeper device : situation.devices()) {
            handled.put(device.device(), situation.end());
        }
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Wait wait && wait.from() > 0) {
                handled.merge(wait.device(), wait.from() - 1, Math::min);
            }
        }
        for (Sleeper device : situation.devices()) {
            handled.merge(device.device(), device.handled(), Math::max);
        }
        return handled;
    }
}
