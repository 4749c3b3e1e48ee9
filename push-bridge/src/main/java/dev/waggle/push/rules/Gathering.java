package dev.waggle.push.rules;

import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What waits and what is left out of one conversation for one device, together for each reason. One use, one thread. */
final class Gathering {
    private final DeviceId device;
    private final ConversationName conversation;
    private final Map<Reason, Decision.Wait> waits = new EnumMap<>(Reason.class);
    private final Map<Reason, Decision> skips = new EnumMap<>(Reason.class);

    Gathering(DeviceId device, ConversationName conversation) {
        this.device = device;
        this.conversation = conversation;
    }

    void add(Waiting entry, Verdict verdict) {
        if (verdict instanceof Verdict.Leave leave) {
            skips.put(leave.reason(), new Decision.Skip(device, conversation, entry.seq(), leave.reason()));
        } else if (verdict instanceof Verdict.Hold hold) {
            waits.merge(
                    hold.reason(),
                    new Decision.Wait(device, conversation, entry.position(), hold.until(), hold.reason()),
                    Gathering::both);
        }
    }

    private static Decision.Wait both(Decision.Wait one, Decision.Wait other) {
        return new Decision.Wait(
                one.device(),
                one.conversation(),
                Math.min(one.from(), other.from()),
                Math.min(one.until(), other.until()),
                one.reason());
    }

    void into(List<Decision> decisions) {
        decisions.addAll(waits.values());
        decisions.addAll(skips.values());
    }
}
