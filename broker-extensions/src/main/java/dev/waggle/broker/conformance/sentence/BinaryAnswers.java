package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Calls in CBOR (RFC 8949). */
final class BinaryAnswers {

    private static final String CBOR = "application/cbor";

    private BinaryAnswers() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "history-cbor",
                        8,
                        "history asked in CBOR answers in CBOR, and bodyBase64 is a byte string there.",
                        BinaryAnswers::history),
                new Check(
                        "inbox-cbor",
                        8,
                        "inbox asked in CBOR leaves out read and delivered where they are last, and unread where it is 0.",
                        BinaryAnswers::inbox));
    }

    /** Asks in CBOR; the answer must be some too. */
    private static JsonNode call(Device5 phone, String method, Map<String, ?> request) throws Exception {
        ObjectMapper cbor = new ObjectMapper(new CBORFactory());
        MqttProperties properties = new MqttProperties();
        properties.setContentType(CBOR);
        phone.publish(
                phone.topic("call/" + method), new MqttMessage(cbor.writeValueAsBytes(request), 1, false, properties));
        Arrived reply = phone.next("reply");
        equal(CBOR, reply.properties().contentType(), "content type of " + reply);
        return ok(cbor.readTree(HexFormat.of().parseHex(reply.hex())));
    }

    private static void history(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        byte[] bytes = {(byte) 0xFF, 0};
        phone.send(bob.chat(), "text").stored();
        phone.publish(phone.topic("out/" + bob.chat()), new MqttMessage(bytes, 1, false, new MqttProperties()))
                .stored();
        JsonNode messages = call(phone, "history", Map.of("conv", bob.chat())).path("messages");
        equal("text", messages.path(0).path("body").asText(), "body");
        JsonNode body = messages.path(1).path("bodyBase64");
        that(body.isBinary(), "bodyBase64 is no byte string");
        equal("ff00", HexFormat.of().formatHex(body.binaryValue()), "bodyBase64");
    }

    private static void inbox(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "hello").stored();
        JsonNode unread =
                call(receiver, "inbox", Map.of()).path("conversations").path(0);
        equal(alice.chat(), unread.path("conv").asText(), "conv");
        equal(1, unread.path("unread").asInt(), "unread");
        equal(true, unread.has("read"), "read, which is not last");
        receiver.publish(receiver.topic("read/" + alice.chat()), Packets5.message("1"));
        JsonNode read = call(receiver, "inbox", Map.of()).path("conversations").path(0);
        equal(1L, read.path("last").asLong(), "last");
        that(!read.has("unread") && !read.has("read") && !read.has("delivered"), "what goes without saying: " + read);
    }
}
