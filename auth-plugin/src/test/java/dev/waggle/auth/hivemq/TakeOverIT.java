package dev.waggle.auth.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.auth.hivemq.RawClient.Connect;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.junit.jupiter.api.Test;

/** What a CONNECT does to the connections and sessions of others, and what a refused one leaves: nothing. */
class TakeOverIT extends OnSecuredHost {
    @Test
    void connect_strangerWithMyClientId_mySessionAndConnectionStay() throws Exception {
        MqttAsyncClient victim = host.five("cleo", "phone");
        ConcurrentLinkedQueue<String> got = host.subscribe(victim, "open/cleo");

        for (int level : new int[] {4, 5}) {
            assertThat(host.raw(Connect.of(level, "cleo.phone", host.token("mallory", null)))
                            .code())
                    .as("T-20 a good token of another user")
                    .isEqualTo(level == 5 ? 0x85 : 2);
            assertThat(host.raw(Connect.of(level, "cleo.phone", "secret")).code())
                    .as("T-22 no good token")
                    .isEqualTo(level == 5 ? 0x87 : 5);
            assertThat(host.raw(Connect.of(level, "cleo.phone", host.token("cleo", "tablet")))
                            .code())
                    .as("my own token for another device")
                    .isEqualTo(level == 5 ? 0x85 : 2);
        }

        assertThat(victim.isConnected()).isTrue();
        victim.publish("open/cleo", "still here".getBytes(), 1, false).waitForCompletion(10_000);
        await().untilAsserted(() -> assertThat(got).containsExactly("open/cleo still here"));
        victim.disconnect().waitForCompletion(10_000);
    }

    @Test
    void connect_refused_willIsNeverSent() throws Exception {
        MqttAsyncClient watcher = host.five("dora", "watch");
        ConcurrentLinkedQueue<String> got = host.subscribe(watcher, "lwt/#");

        host.assertRefused(Connect.of(5, "bob.d", host.token("eve", null)).will("lwt/eve/d"), 0x85, "eve");
        host.assertRefused(Connect.of(5, "eve.d", "secret").will("lwt/eve/d"), 0x87, "three parts");
        // The will of an accepted client arrives after a loss, which proves that the watcher would have seen the
        // others.
        assertThat(host.raw(Connect.of(5, "eve.ok", host.token("eve", null)).will("lwt/eve/ok"))
                        .code())
                .isZero();

        await().untilAsserted(() -> assertThat(got).containsExactly("lwt/eve/ok gone"));
        watcher.disconnect().waitForCompletion(10_000);
    }

    @Test
    void connect_againWithTheSameTokenAndDevice_takesOver() throws Exception {
        MqttAsyncClient first = host.five("kim", "d");

        assertThat(host.raw(Connect.of(5, "kim.d", host.token("kim", "d"))).code())
                .isZero();

        await().untilAsserted(() -> assertThat(first.isConnected()).isFalse());
        first.close(true);
    }
}
