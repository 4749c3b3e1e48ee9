package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.refused;
import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** What an acknowledgement of a message says. */
final class Sending {

    private Sending() {}

    static List<Check> all() {
        return List.of(
                new Check("send-seq", 5, "PUBACK 0x00 has the message's seq: 1, 2, 3 … without holes.", Sending::seq),
                new Check(
                        "send-answers-in-order",
                        5,
                        "Messages sent without waiting get their seqs in the order in which they were published.",
                        Sending::inOrder),
                new Check(
                        "send-not-member",
                        5,
                        "A message to a group that one is not in is refused: 0x87.",
                        Sending::notMember),
                new Check("send-too-large", 5, "A body over the limit is refused: 0x97.", Sending::tooLarge),
                new Check(
                        "send-properties-too-large",
                        4,
                        "Content Type and User Properties over the limit are refused: 0x97.",
                        Sending::propertiesTooLarge),
                new Check("send-qos-2", 4, "A message at QoS 2 is stored once.", Sending::qos2));
    }

    private static void seq(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        for (long expected = 1; expected <= 5; expected++) {
            equal(expected, phone.send(bob.chat(), "m" + expected).stored(), "seq");
        }
    }

    private static void inOrder(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        List<IMqttToken> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sent.add(phone.start(phone.topic("out/" + bob.chat()), Packets5.message("m" + i)));
        }
        for (int i = 0; i < sent.size(); i++) {
            equal(i + 1L, phone.answer(sent.get(i)).stored(), "seq of the message published as number " + (i + 1));
        }
    }

    private static void notMember(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        String group = "g-" + alice.id();
        Expect.ok(alice.online("phone").call("group.create", "{\"group\":\"" + group + "\"}"));
        refused(0x87, bob.online("phone").send("g/" + group, "let me in"), "a message of a stranger");
    }

    private static long limit(Device5 phone, String name) throws Exception {
        long limit = Expect.ok(phone.call("me", "{}")).path("limits").path(name).asLong();
        that(limit > 0, "me tells no limit '" + name + "'");
        return limit;
    }

    private static void tooLarge(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        int limit = (int) limit(phone, "body");
        refused(0x97, phone.send(bob.chat(), "x".repeat(limit + 1)), "a body of " + (limit + 1) + " bytes");
        equal(1L, phone.send(bob.chat(), "x".repeat(limit)).stored(), "seq of a body at the limit");
    }

    private static void propertiesTooLarge(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        MqttMessage message = Packets5.message("hello");
        int limit = (int) limit(phone, "properties");
        message.getProperties().setUserProperties(List.of(new UserProperty("note", "x".repeat(limit))));
        refused(0x97, phone.publish(phone.topic("out/d/somebody"), message), "properties over " + limit + " bytes");
    }

    private static void qos2(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        MqttMessage message = Packets5.message("hello");
        message.setQos(2);
        equal(0, phone.publish(phone.topic("out/" + bob.chat()), message).code(), "reason code");
        equal(2L, phone.send(bob.chat(), "fence").stored(), "seq of the next message");
        Device5 receiver = bob.online("phone");
        Expect.message("hello", receiver.next());
        Expect.message("fence", receiver.next());
    }
}
