package dev.waggle.broker.push;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.Map;

/** Which devices of a user are connected. Any thread may ask. */
public interface LiveDevices {
    /** The user's connected devices. */
    Map<DeviceId, Live> connected(UserId user);

    /**
     * Times are Unix milliseconds.
     *
     * @param since when it was let in
     * @param actedAt when somebody last did something there, or 0: it is in a pocket
     */
    record Live(long since, long actedAt) {}
}
