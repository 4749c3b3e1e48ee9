package dev.waggle.broker.cli.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5MessageException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import dev.waggle.broker.cli.local.CommandFailed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One MQTT 5 connection of a command. Nothing that arrives is acknowledged until its taker says so. One thread sends, one
 * may take.
 */
public final class MqttSession implements AutoCloseable {

    private static final int KEY_BYTES = 12;
    private static final int CONNECT_SECONDS = 10;

    /** As long as the broker allows; it announces a shorter one if it keeps records for less. */
    private static final long DURABLE_EXPIRY_SECONDS = Duration.ofDays(30).toSeconds();

    private final Target target;
    private final Mqtt5BlockingClient client;
    private final Mqtt5Publishes arrivals;
    private final AtomicReference<String> lost;
    private final SecureRandom random = new SecureRandom();

    private MqttSession(
            Target target, Mqtt5BlockingClient client, Mqtt5Publishes arrivals, AtomicReference<String> lost) {
        this.target = target;
        this.client = client;
        this.arrivals = arrivals;
        this.lost = lost;
    }

    /** @throws CommandFailed if nobody is there, or if the broker refused, with its reason */
    public static MqttSession open(Target target) throws CommandFailed {
        AtomicReference<String> lost = new AtomicReference<>("");
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(target.clientId())
                .serverHost(target.host())
                .serverPort(target.port())
                .transportConfig()
                .mqttConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .applyTransportConfig()
                .addDisconnectedListener(context -> lost.compareAndSet("", Reasons.of(context.getCause())))
                .buildBlocking();
        // Before CONNECT: a session that is continued may deliver at once.
        Mqtt5Publishes arrivals = client.publishes(MqttGlobalPublishFilter.ALL, true);
        Mqtt5Connect connect = Mqtt5Connect.builder()
                .cleanStart(!target.durable())
                .sessionExpiryInterval(target.durable() ? DURABLE_EXPIRY_SECONDS : 0)
                .simpleAuth()
                .username(target.user().value())
                .password(target.token().reveal().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .build();
        try {
            client.connect(connect);
        } catch (Mqtt5MessageException refused) {
            throw new CommandFailed(CommandFailed.FAILED, target + ": " + Reasons.of(refused), refused);
        } catch (RuntimeException unreachable) {
            throw new CommandFailed(
                    CommandFailed.FAILED, "no connection to " + target + ": " + Reasons.of(unreachable), unreachable);
        }
        return new MqttSession(target, client, arrivals, lost);
    }

    /** Subscribes with QoS 1 to a filter below the user's prefix, such as {@code #}. */
    public void subscribe(String rest) throws CommandFailed {
        try {
            client.subscribeWith()
                    .topicFilter(target.topic(rest))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
        } catch (RuntimeException refused) {
            throw new CommandFailed(CommandFailed.FAILED, "SUBSCRIBE refused: " + Reasons.of(refused), refused);
        }
    }

    public void unsubscribe(String rest) throws CommandFailed {
        try {
            client.unsubscribeWith().topicFilter(target.topic(rest)).send();
        } catch (RuntimeException refused) {
            throw new CommandFailed(CommandFailed.FAILED, "UNSUBSCRIBE refused: " + Reasons.of(refused), refused);
        }
    }

    /**
     * Sends one message with a key of its own and waits for the acknowledgement.
     *
     * @return its number in the conversation; empty if the broker told none
     */
    public Optional<Long> send(String conversation, byte[] body) throws CommandFailed {
        try {
            Mqtt5PublishResult result = client.publishWith()
                    .topic(target.topic("out/" + conversation))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(body)
                    .correlationData(key())
                    .send();
            return Reasons.property(result, "seq").map(Long::parseLong);
        } catch (RuntimeException refused) {
            throw new CommandFailed(CommandFailed.FAILED, "not sent: " + Reasons.of(refused), refused);
        }
    }

    /** One request; subscribes for the answer and waits for it. */
    public Arrival call(String method, byte[] json, Duration limit) throws CommandFailed, InterruptedException {
        byte[] key = key();
        subscribe("reply/#");
        try {
            client.publishWith()
                    .topic(target.topic("call/" + method))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(json)
                    .responseTopic(target.topic("reply/" + method))
                    .correlationData(key)
                    .send();
        } catch (RuntimeException refused) {
            throw new CommandFailed(CommandFailed.FAILED, method + " refused: " + Reasons.of(refused), refused);
        }
        Optional<Arrival> arrival = next(limit);
        while (arrival.isPresent() && !Arrays.equals(arrival.get().correlation(), key)) {
            arrival = next(limit); // waits for another of the device's arrivals; it stays unacknowledged
        }
        return arrival.orElseThrow(
                () -> new CommandFailed("no answer to " + method + " within " + limit.toSeconds() + " s"));
    }

    /**
     * What arrives next, or empty after the time.
     *
     * @throws CommandFailed if the connection has ended
     */
    public Optional<Arrival> next(Duration limit) throws CommandFailed, InterruptedException {
        try {
            Optional<Arrival> arrival =
                    arrivals.receive(limit.toMillis(), TimeUnit.MILLISECONDS).map(Arrival::new);
            if (arrival.isEmpty() && !client.getState().isConnected()) {
                throw new CommandFailed("the connection ended: " + lost.get());
            }
            return arrival;
        } catch (RuntimeException ended) {
            throw new CommandFailed(CommandFailed.FAILED, "the connection ended: " + reason(ended), ended);
        }
    }

    /** DISCONNECT; nothing if the connection is gone already. */
    @Override
    public void close() {
        try {
            client.disconnect();
        } catch (MqttClientStateException | Mqtt5MessageException gone) {
            // It ended before we could say so.
            lost.compareAndSet("", Reasons.of(gone));
        }
    }

    private String reason(RuntimeException ended) {
        String told = lost.get();
        return told.isEmpty() ? Reasons.of(ended) : told;
    }

    private byte[] key() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }
}
