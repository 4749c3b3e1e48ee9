package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.config.WaggleConfig.ChatLimits;
import dev.waggle.broker.inbound.RateLimit;
import java.nio.file.Path;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code limits.connects}: an address that connects too often is told when to come back; who is in stays in. */
class ConnectLimitIT {
    private static final int CONNECTION_RATE_EXCEEDED = 0x9F;

    @TempDir
    Path data;

    @Test
    void connectionOverTheLimit_isRefused_andThoseWhoAreInGoOn() throws Exception {
        WaggleConfig config = WaggleConfig.onFreePorts(data);
        ChatLimits limits = config.limits();
        ChatLimits slow = new ChatLimits(
                limits.contract(),
                limits.sends(),
                limits.serviceSends(),
                limits.calls(),
                new RateLimit(0.01, 2),
                limits.marks());
        try (TestBroker broker = new TestBroker(config.withLimits(slow));
                Device5 alice = new Device5(broker, "alice", "phone").connect();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 carol = new Device5(broker, "carol", "phone")) {
            assertThatThrownBy(carol::connect)
                    .isInstanceOfSatisfying(
                            MqttException.class,
                            refused -> assertThat(refused.getReasonCode()).isEqualTo(CONNECTION_RATE_EXCEEDED));

            assertThat(alice.send("d/bob", "still here").reasonCode()).isZero();
            assertThat(bob.disconnects).isEmpty();
        }
    }
}
