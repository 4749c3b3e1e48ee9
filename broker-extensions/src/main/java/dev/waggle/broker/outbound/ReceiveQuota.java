package dev.waggle.broker.outbound;

import dev.waggle.spec.RunsOn;

/**
 * How many more QoS 1 packets the client takes before it acknowledges one: its Receive Maximum, shared by deliveries and
 * answers (MQTT 5 §3.3.4).
 */
@RunsOn("connection")
final class ReceiveQuota {
    private int free;

    ReceiveQuota(int receiveMaximum) {
        this.free = receiveMaximum;
    }

    boolean isFree() {
        return free > 0;
    }

    void take() {
        if (free < 1) {
            throw new IllegalStateException("the client's receive maximum is used up");
        }
        free--;
    }

    void giveBack() {
        free++;
    }
}
