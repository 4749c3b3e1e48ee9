package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
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
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** What comes to whom, and in which form. */
final class Receiving {

    private Receiving() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "receive-topic",
                        6,
                        "A message comes on u/{me}/in/{conv}/{from}/{seq}/{ts} at QoS 1, as its reader names the conversation.",
                        Receiving::topic),
                new Check("receive-time", 2, "The time never falls within a conversation.", Receiving::time),
                new Check(
                        "receive-other-devices",
                        1,
                        "What one device sends comes to the user's other devices, and not to itself.",
                        Receiving::otherDevices),
                new Check(
                        "receive-notes-to-self",
                        2,
                        "The conversation with oneself reaches one's other devices.",
                        Receiving::notesToSelf),
                new Check("receive-bytes", 4, "A body is any bytes, none too, and comes unchanged.", Receiving::bytes),
                new Check(
                        "receive-properties",
                        4,
                        "Content Type, Payload Format Indicator and User Properties travel with the message.",
                        Receiving::properties),
                new Check(
                        "receive-order",
                        7,
                        "Within a conversation messages come in the order of their seqs.",
                        Receiving::order),
                new Check("receive-3-1-1", 7, "A 3.1.1 device gets the same, on the same topics.", Receiving::old));
    }

    private static void topic(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        long seq = alice.online("phone").send(bob.chat(), "hello").stored();
        Arrived arrived = Expect.message("hello", receiver.next());
        String expected = "u/" + bob.id() + "/in/" + alice.chat() + "/" + alice.id() + "/" + seq + "/" + arrived.time();
        equal(expected, arrived.topic(), "topic");
        that(arrived.time() > 1_500_000_000_000L, "the time is not in Unix milliseconds: " + arrived);
        equal(1, arrived.qos(), "QoS");
    }

    private static void time(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = stage.person().online("phone");
        long last = 0;
        for (int i = 0; i < 10; i++) {
            phone.send(bob.chat(), "m" + i).stored();
            long time = Expect.message("m" + i, receiver.next()).time();
            that(time >= last, "the time fell from " + last + " to " + time);
            last = time;
        }
    }

    private static void otherDevices(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 laptop = alice.online("laptop");
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "hello").stored();
        Arrived arrived = Expect.message("hello", laptop.next());
        equal(bob.chat(), arrived.conversation(), "conversation");
        equal(alice.id(), arrived.from(), "author");
        bob.online("phone").send(alice.chat(), "fence").stored();
        Expect.message("fence", phone.next());
    }

    private static void notesToSelf(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 laptop = alice.online("laptop");
        alice.online("phone").send(alice.chat(), "buy milk").stored();
        Arrived arrived = Expect.message("buy milk", laptop.next());
        equal(alice.chat(), arrived.conversation(), "conversation");
    }

    private static void bytes(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = stage.person().online("phone");
        for (String hex : List.of("", "00", "ff00fe80c0", "7b", "f09f9fa0")) {
            byte[] body = HexFormat.of().parseHex(hex);
            phone.publish(phone.topic("out/" + bob.chat()), new MqttMessage(body, 1, false, new MqttProperties()))
                    .stored();
            equal(hex, receiver.next().hex(), "body");
        }
    }

    private static void properties(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = stage.person().online("phone");
        MqttMessage message = Packets5.message("{}");
        message.getProperties().setContentType("application/json");
        message.getProperties().setPayloadFormat(true);
        message.getProperties().setUserProperties(List.of(new UserProperty("color", "grün")));
        phone.publish(phone.topic("out/" + bob.chat()), message).stored();
        Arrived.Properties arrived = Expect.message("{}", receiver.next()).properties();
        equal("application/json", arrived.contentType(), "Content Type");
        equal(true, arrived.utf8(), "Payload Format Indicator");
        equal(Map.of("color", "grün"), arrived.user(), "User Properties");
    }

    private static void order(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 one = alice.online("phone");
        Device5 other = alice.online("laptop");
        for (int i = 0; i < 20; i++) {
            (i % 2 == 0 ? one : other).send(bob.chat(), "m" + i).stored();
        }
        for (int i = 0; i < 20; i++) {
            equal(i + 1L, Expect.message("m" + i, receiver.next()).seq(), "seq");
        }
    }

    private static void old(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        var receiver = bob.online3("phone");
        alice.online3("phone").send(bob.chat(), "hello");
        Arrived arrived = Expect.message("hello", receiver.next());
        equal(alice.chat(), arrived.conversation(), "conversation");
        equal(1L, arrived.seq(), "seq");
    }
}
