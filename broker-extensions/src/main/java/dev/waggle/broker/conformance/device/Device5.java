package dev.waggle.broker.conformance.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * A stock MQTT 5 client of one user. Durable and acknowledging by itself unless told otherwise. One thread uses it. The
 * library's own {@code close} is left out: up to 1.2.5 it takes away what its receiving thread still uses.
 */
public final class Device5 implements AutoCloseable {

    private static final long EXPIRY_SECONDS = 3_600;

    private final Address address;
    private final String user;
    private final MqttConnectionOptions options = new MqttConnectionOptions();
    private String clientId;
    private boolean manual;
    private Recorder5 recorder;
    private MqttAsyncClient client;
    private long calls;

    public Device5(Address address, String user, String device, String token) throws MqttException {
        this.address = address;
        this.user = user;
        this.clientId = user + "." + device;
        options.setCleanStart(false);
        options.setSessionExpiryInterval(EXPIRY_SECONDS);
        options.setUserName(user);
        options.setPassword(token.getBytes(StandardCharsets.UTF_8));
        options.setConnectionTimeout(10); // seconds
        recorder = new Recorder5(address.patienceMillis());
        client = new MqttAsyncClient(address.uri(), clientId, new MemoryPersistence());
    }

    /** Changes what the next CONNECT says. */
    public Device5 with(Consumer<MqttConnectionOptions> change) {
        change.accept(options);
        return this;
    }

    public Device5 clientId(String other) {
        clientId = other;
        return this;
    }

    /** From the next connection on it acknowledges only by {@link #acknowledge}. */
    public Device5 manual() {
        manual = true;
        return this;
    }

    /** Connects, whatever the answer. */
    public Greeting knock() throws MqttException {
        recorder = new Recorder5(address.patienceMillis());
        client = new MqttAsyncClient(address.uri(), clientId, new MemoryPersistence());
        client.setCallback(recorder);
        client.setManualAcks(manual);
        IMqttToken token = client.connect(options);
        try {
            token.waitForCompletion(address.patienceMillis());
        } catch (MqttException refused) {
            return Greeting.refused(Packets5.code(refused), Packets5.reason(token.getResponseProperties()));
        }
        return Packets5.greeting(token);
    }

    /** @throws SentenceBroken if it is refused */
    public Greeting connect() throws MqttException, SentenceBroken {
        Greeting greeting = knock();
        if (greeting.code() != 0) {
            throw new SentenceBroken("CONNECT of " + clientId + " was answered " + greeting);
        }
        return greeting;
    }

    /** Subscribes at QoS 1 to everything that is the user's. */
    public Device5 subscribe() throws MqttException, SentenceBroken {
        int code = subscribe(new MqttSubscription(topic("#"), 1), new MqttProperties());
        if (code != 1) {
            throw new SentenceBroken("SUBSCRIBE " + topic("#") + " was answered 0x%02X".formatted(code));
        }
        return this;
    }

    /** The reason code of SUBACK. */
    public int subscribe(MqttSubscription filter, MqttProperties properties) throws MqttException {
        IMqttToken token = client.subscribe(new MqttSubscription[] {filter}, null, null, properties);
        try {
            token.waitForCompletion(address.patienceMillis());
            return token.getReasonCodes()[0];
        } catch (MqttException refused) {
            return Packets5.code(refused);
        }
    }

    /** Sends at QoS 1 without a key. */
    public Answer send(String conversation, String text) throws MqttException {
        return publish(topic("out/" + conversation), Packets5.message(text));
    }

    /** Sends at QoS 1 with Correlation Data. */
    public Answer send(String conversation, String text, String key) throws MqttException {
        MqttMessage message = Packets5.message(text);
        message.getProperties().setCorrelationData(key.getBytes(StandardCharsets.UTF_8));
        return publish(topic("out/" + conversation), message);
    }

    /**
     * Publishes and waits for the answer.
     *
     * @throws MqttException if the connection ends first
     */
    public Answer publish(String topic, MqttMessage message) throws MqttException {
        return answer(start(topic, message));
    }

    /** Publishes; {@link #answer} waits. */
    public IMqttToken start(String topic, MqttMessage message) throws MqttException {
        return client.publish(topic, message);
    }

    public Answer answer(IMqttToken token) throws MqttException {
        return Packets5.answer(token, address.patienceMillis());
    }

    /** Calls a method and gives its answer, which may be an error. Needs a subscription on {@code reply}. */
    public JsonNode call(String method, String json)
            throws MqttException, SentenceBroken, InterruptedException, JsonProcessingException {
        String id = "call-" + calls++;
        publish(topic("call/" + method + "/" + id), Packets5.message(json));
        Arrived reply = recorder.arrivals.next("reply");
        while (!reply.topic().equals(topic("reply/" + method + "/" + id))) {
            reply = recorder.arrivals.next("reply");
        }
        return reply.json();
    }

    /** {@code u/{user}/} and the rest. */
    public String topic(String rest) {
        return "u/" + user + "/" + rest;
    }

    /** The next message, event or gap. */
    public Arrived next() throws SentenceBroken, InterruptedException {
        return recorder.arrivals.next();
    }

    /** The next of another kind: {@code sent}, {@code reply}, {@code mark} … */
    public Arrived next(String kind) throws SentenceBroken, InterruptedException {
        return recorder.arrivals.next(kind);
    }

    public List<Arrived> here(String kind) {
        return recorder.arrivals.here(kind);
    }

    /** PUBACK; only after {@link #manual}. */
    public void acknowledge(Arrived arrived) throws MqttException {
        client.messageArrivedComplete(arrived.packetId(), arrived.qos());
    }

    /** The reason code of the DISCONNECT that the broker sends. */
    public int disconnected() throws SentenceBroken, InterruptedException {
        return recorder.disconnected();
    }

    /** DISCONNECT, changing nothing of the session. */
    public void leave() throws MqttException {
        client.disconnect().waitForCompletion(address.patienceMillis());
    }

    /** DISCONNECT with Session Expiry 0. */
    public void leaveForGood() throws MqttException {
        MqttProperties properties = new MqttProperties();
        properties.setSessionExpiryInterval(0L);
        client.disconnect(0, null, null, 0, properties).waitForCompletion(address.patienceMillis());
    }

    /** Ends the connection without a DISCONNECT. */
    public void cut() throws MqttException {
        client.disconnectForcibly(0, 0, false);
    }

    public boolean connected() {
        return client.isConnected();
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            cut();
        }
    }
}
