package dev.waggle.broker.call;

import dev.waggle.auth.Identity;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.KnownDevice;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The calls about the caller's own devices. Any thread; nothing blocks. */
public final class DeviceCalls {

    /** Connections of a user. Any thread. */
    public interface Connections {
        /** The user's connected devices, and since when; Unix milliseconds. */
        Map<DeviceId, Long> since(UserId user);

        /** Ends those of one device: MQTT 5 0x98. */
        void end(UserId user, DeviceId device, String reason);
    }

    /** Ends what log-ins gave. */
    @FunctionalInterface
    public interface LogOut {
        /** Its tokens and its registration for pushes count no more; fails if that is not known to be durable. */
        CompletionStage<?> of(UserId user, DeviceId device);
    }

    private final ChatStore store;
    private final Connections connections;
    private final LogOut logOut;
    private final InstantSource clock;

    public DeviceCalls(ChatStore store, Connections connections, LogOut logOut, InstantSource clock) {
        this.store = store;
        this.connections = connections;
        this.logOut = logOut;
        this.clock = clock;
    }

    CompletionStage<Answer<List<CallResult.Device>>> list(UserId user) {
        return store.reads().devices(user).thenApply(known -> Answer.of(listed(known, connections.since(user))));
    }

    private List<CallResult.Device> listed(List<KnownDevice> known, Map<DeviceId, Long> connected) {
        long now = clock.millis();
        Map<DeviceId, CallResult.Device> all = new TreeMap<>();
        connected.forEach((id, since) -> all.put(id, new CallResult.Device(id, true, false, now, 0, false)));
        for (KnownDevice one : known) {
            boolean online = all.containsKey(one.device());
            all.put(
                    one.device(),
                    new CallResult.Device(
                            one.device(),
                            online,
                            one.durable(),
                            online ? now : one.lastSeen(),
                            online ? 0 : one.expiresAt(),
                            one.push()));
        }
        return new ArrayList<>(all.values());
    }

    /** It is logged out first: what is forgotten must not come back by itself. */
    CompletionStage<Answer<Boolean>> forget(Object source, Identity identity, DeviceId device) {
        if (device.equals(identity.device())) {
            return CompletableFuture.completedStage(Answer.refused(
                    Refusal.NOT_ALLOWED,
                    "that is the device that asks; it forgets itself by a DISCONNECT with Session Expiry Interval 0,"
                            + " or by logging out"));
        }
        UserId user = identity.user();
        return logOut.of(user, device)
                .thenCompose(loggedOut -> store.ask(source, new Command.ForgetDevice(user, device, clock.millis())))
                .thenApply(outcome -> {
                    connections.end(user, device, "forgotten by its user");
                    return answer(outcome);
                });
    }

    private static Answer<Boolean> answer(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return Answer.of(((Reply.DeviceForgotten) accepted.reply()).forgotten());
        }
        return outcome instanceof Outcome.Rejected rejected
                ? Answer.refused(rejected.rejection())
                : Answer.refused(Refusal.FAILED, "it may or may not be forgotten; try again");
    }
}
