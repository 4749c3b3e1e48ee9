package dev.waggle.broker.conformance.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A stock MQTT 3.1.1 client of one user. Durable and acknowledging by itself unless told otherwise. One thread uses it. */
public final class Device3 implements AutoCloseable {

    /** The highest return code of a CONNACK; what the library adds for its own errors is above. */
    private static final int HIGHEST_RETURN_CODE = 5;

    /** SUBACK's "failure". */
    public static final int FAILURE = 0x80;

    private final Address address;
    private final String user;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private String clientId;
    private boolean manual;
    private long calls;
    private Recorder3 recorder;
    private MqttAsyncClient client;

    public Device3(Address address, String user, String device, String token) throws MqttException {
        this.address = address;
        this.user = user;
        this.clientId = user + "." + device;
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(false);
        options.setUserName(user);
        options.setPassword(token.toCharArray());
        options.setConnectionTimeout(10); // seconds
        recorder = new Recorder3(new Arrivals(address.patienceMillis()));
        client = new MqttAsyncClient(address.uri(), clientId, new MemoryPersistence());
    }

    /** Changes what the next CONNECT says. */
    public Device3 with(Consumer<MqttConnectOptions> change) {
        change.accept(options);
        return this;
    }

    public Device3 clientId(String other) {
        clientId = other;
        return this;
    }

    /** From the next connection on it acknowledges only by {@link #acknowledge}. */
    public Device3 manual() {
        manual = true;
        return this;
    }

    /** Connects, whatever the answer. */
    public Greeting knock() throws MqttException {
        recorder = new Recorder3(new Arrivals(address.patienceMillis()));
        client = new MqttAsyncClient(address.uri(), clientId, new MemoryPersistence());
        client.setCallback(recorder);
        client.setManualAcks(manual);
        IMqttToken token = client.connect(options);
        try {
            token.waitForCompletion(address.patienceMillis());
        } catch (MqttException refused) {
            if (refused.getReasonCode() < 1 || refused.getReasonCode() > HIGHEST_RETURN_CODE) {
                throw refused;
            }
            return Greeting.refused(refused.getReasonCode(), "");
        }
        return new Greeting(0, "", token.getSessionPresent(), Map.of(), Map.of());
    }

    /** @throws SentenceBroken if it is refused */
    public Greeting connect() throws MqttException, SentenceBroken {
        Greeting greeting = knock();
        if (greeting.code() != 0) {
            throw new SentenceBroken("CONNECT of " + clientId + " (3.1.1) was answered " + greeting);
        }
        return greeting;
    }

    /** Subscribes at QoS 1 to everything that is the user's. */
    public Device3 subscribe() throws MqttException, SentenceBroken {
        int granted = subscribe(topic("#"));
        if (granted != 1) {
            throw new SentenceBroken("SUBSCRIBE " + topic("#") + " (3.1.1) was answered 0x%02X".formatted(granted));
        }
        return this;
    }

    /** What SUBACK grants: a QoS, or {@link #FAILURE}. */
    public int subscribe(String filter) throws MqttException {
        IMqttToken token = client.subscribe(filter, 1);
        try {
            token.waitForCompletion(address.patienceMillis());
        } catch (MqttException refused) {
            if (refused.getReasonCode() != FAILURE) {
                throw refused;
            }
            return FAILURE;
        }
        return token.getGrantedQos()[0];
    }

    /** Publishes at QoS 1 and returns when the PUBACK is there. */
    public void publish(String topic, String text) throws MqttException {
        client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, false)
                .waitForCompletion(address.patienceMillis());
    }

    /** Sends to {@code d/bob}, or to {@code d/bob/key}. */
    public void send(String conversation, String text) throws MqttException {
        publish(topic("out/" + conversation), text);
    }

    /** {@code u/{user}/} and the rest. */
    public String topic(String rest) {
        return "u/" + user + "/" + rest;
    }

    /** The next message, event or gap. */
    public Arrived next() throws SentenceBroken, InterruptedException {
        return recorder.arrivals().next();
    }

    /** The next of another kind: {@code sent}, {@code reply}, {@code mark} … */
    public Arrived next(String kind) throws SentenceBroken, InterruptedException {
        return recorder.arrivals().next(kind);
    }

    public List<Arrived> here(String kind) {
        return recorder.arrivals().here(kind);
    }

    /** What {@code sent} says next, which must be on this topic below {@code sent/}. */
    public JsonNode sent(String expected) throws SentenceBroken, InterruptedException, JsonProcessingException {
        Arrived sent = next("sent");
        if (!sent.topic().equals(topic("sent/" + expected))) {
            throw new SentenceBroken("got " + sent + " instead of " + topic("sent/" + expected));
        }
        return sent.json();
    }

    /** Calls a method and gives its answer, which may be an error. Needs a subscription on {@code reply}. */
    public JsonNode call(String method, String json)
            throws MqttException, SentenceBroken, InterruptedException, JsonProcessingException {
        String request = method + "/call-" + calls++;
        publish(topic("call/" + request), json);
        Arrived reply = next("reply");
        while (!reply.topic().equals(topic("reply/" + request))) {
            reply = next("reply");
        }
        return reply.json();
    }

    /** PUBACK; only after {@link #manual}. */
    public void acknowledge(Arrived arrived) throws MqttException {
        client.messageArrivedComplete(arrived.packetId(), arrived.qos());
    }

    /** DISCONNECT. */
    public void leave() throws MqttException {
        client.disconnect().waitForCompletion(address.patienceMillis());
    }

    /** Ends the connection without a DISCONNECT. */
    public void cut() throws MqttException {
        client.disconnectForcibly(0, 0, false);
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            cut();
        }
    }
}
