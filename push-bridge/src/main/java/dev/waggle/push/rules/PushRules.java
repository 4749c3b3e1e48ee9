package dev.waggle.push.rules;

import dev.waggle.spec.DeviceId;
import java.util.List;
import java.util.Map;

/** Decides what is pushed. Pure: changes nothing, reads no clock. Any thread that owns the ledger may call it. */
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
        return List.of();
    }

    /**
     * Up to which position each device has nothing left to do, once the pushes of these decisions are accepted. Never lower
     * than before.
     */
    public Map<DeviceId, Long> handled(Situation situation, List<Decision> decisions) {
        return Map.of();
    }
}
