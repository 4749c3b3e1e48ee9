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
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One MQTT 5 connection of a command. Nothing that arrives is acknowledged until its taker says so. One thread sends, one
 * may take.
 */
public final class MqttSession implements AutoCloseable {

    private static final int KEY_BYTES = 12;
    private static final int CONNECT_SECONDS = 10;
    private static final long LOOK_MILLIS = 100;
    private static final long ANSWER_MILLIS = 60_000;

    /** As long as the broker allows; it announces a shorter one if it keeps records for less. */
    private static final long DURABLE_EXPIRY_SECONDS = Duration.ofDays(30).toSeconds();

    private final Target target;
    private final Mqtt5BlockingClient client;
    private final Mqtt5Publishes arrivals;
    private final AtomicReference<String> lost;
    private final boolean continued;
    private final SecureRandom random = new SecureRandom();

    private MqttSession(
            Target target,
            Mqtt5BlockingClient client,
            Mqtt5Publishes arrivals,
            AtomicReference<String> lost,
            boolean continued) {
        this.target = target;
        this.client = client;
        this.arrivals = arrivals;
        this.lost = lost;
        this.continued = continued;
    }

    /** True if the broker had kept the session: no subscription is needed, what waited comes by itself. */
    public boolean continued() {
        return continued;
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
            boolean continued = client.connect(connect).isSessionPresent();
            return new MqttSession(target, client, arrivals, lost, continued);
        } catch (Mqtt5MessageException refused) {
            throw new CommandFailed(CommandFailed.FAILED, target + ": " + Reasons.of(refused), refused);
        } catch (RuntimeException unreachable) {
            throw new CommandFailed(
                    CommandFailed.FAILED, "no connection to " + target + ": " + Reasons.of(unreachable), unreachable);
        }
    }

    /** Subscribes with QoS 1 to a filter below the user's prefix, such as {@code #}. */
    public void subscribe(String rest) throws CommandFailed, InterruptedException {
        settled(
                "SUBSCRIBE",
                client.toAsync()
                        .subscribeWith()
                        .topicFilter(target.topic(rest))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send());
    }

    public void unsubscribe(String rest) throws CommandFailed, InterruptedException {
        settled(
                "UNSUBSCRIBE",
                client.toAsync()
                        .unsubscribeWith()
                        .topicFilter(target.topic(rest))
                        .send());
    }

    /** {@link #send(String, byte[], byte[])} with a key of its own. */
    public Optional<Long> send(String conversation, byte[] body) throws CommandFailed, InterruptedException {
        return send(conversation, body, newKey());
    }

    /**
     * Sends one message and waits for the acknowledgement.
     *
     * @param key sent again with the same key and body, it is stored once
     * @return its number in the conversation; empty if the broker told none
     */
    public Optional<Long> send(String conversation, byte[] body, byte[] key)
            throws CommandFailed, InterruptedException {
        Mqtt5PublishResult result = settled(
                "the message",
                client.toAsync()
                        .publishWith()
                        .topic(target.topic("out/" + conversation))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(body)
                        .correlationData(key)
                        .send());
        return Reasons.property(result, "seq").map(Long::parseLong);
    }

    /** Publishes below the user's prefix at QoS 1 and waits for the acknowledgement. */
    public void publish(String rest, byte[] payload) throws CommandFailed, InterruptedException {
        Mqtt5PublishResult unused = settled(
                rest,
                client.toAsync()
                        .publishWith()
                        .topic(target.topic(rest))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload)
                        .send());
    }

    public boolean connected() {
        return client.getState().isConnected();
    }

    /** One request; subscribes for the answer and waits for it. Not while another thread takes arrivals. */
    public Arrival call(String method, byte[] json, Duration limit) throws CommandFailed, InterruptedException {
        byte[] key = newKey();
        subscribe("reply/#");
        settled(
                method,
                client.toAsync()
                        .publishWith()
                        .topic(target.topic("call/" + method))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(json)
                        .responseTopic(target.topic("reply/" + method))
                        .correlationData(key)
                        .send());
        Optional<Arrival> arrival = next(limit);
        while (arrival.isPresent() && !Arrays.equals(arrival.get().correlation(), key)) {
            arrival = next(limit); // one of the device's other arrivals: it stays unacknowledged
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

    /** The library keeps waiting for an answer when the connection of a durable session is gone; we do not. */
    private <T> T settled(String what, CompletionStage<T> stage) throws CommandFailed, InterruptedException {
        BlockingQueue<Parsed<T>> outcome = new ArrayBlockingQueue<>(1);
        CompletionStage<T> unused = stage.whenComplete((value, failure) -> outcome.add(
                failure == null ? Parsed.ok(value) : Parsed.bad(what + " was refused: " + Reasons.of(failure))));
        Parsed<T> settled = outcome.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        for (long waited = 0; settled == null; waited += LOOK_MILLIS) {
            if (!client.getState().isConnected()) {
                throw new CommandFailed(what + " got no answer: the connection ended: " + lost.get());
            }
            if (waited > ANSWER_MILLIS) {
                throw new CommandFailed(what + " got no answer within " + ANSWER_MILLIS / 1000 + " s");
            }
            settled = outcome.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (settled instanceof Parsed.Bad<T> refused) {
            throw new CommandFailed(refused.reason());
        }
        return settled.get();
    }

    private String reason(RuntimeException ended) {
        String told = lost.get();
        return told.isEmpty() ? Reasons.of(ended) : told;
    }

    /** A key that nobody has used. */
    public byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }
}
