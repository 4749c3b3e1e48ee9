package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.refused;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Answer;
import dev.waggle.broker.conformance.device.Device3;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** What an idempotency key does. */
final class Keys {

    private Keys() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "key-same-body",
                        5,
                        "The same key and body again: stored once, every attempt answered with the same seq.",
                        Keys::sameBody),
                new Check(
                        "key-other-device",
                        5,
                        "A key holds over reconnects, devices and versions of MQTT.",
                        Keys::otherDevice),
                new Check("key-other-body", 5, "The same key with another body is refused: 0x83.", Keys::otherBody),
                new Check("key-other-body-3-1-1", 5, "In 3.1.1 too, on sent: id-reused.", Keys::otherBody311),
                new Check(
                        "key-other-conversation",
                        5,
                        "The same key in another conversation is another key.",
                        Keys::otherConversation),
                new Check(
                        "key-one-space",
                        4,
                        "Correlation Data and the last topic level are one key space.",
                        Keys::oneSpace),
                new Check("key-both", 4, "Both may be given if they are equal; unequal: 0x83.", Keys::both),
                new Check("key-too-long", 4, "Correlation Data over 64 bytes is refused: 0x83.", Keys::tooLong),
                new Check("key-none", 4, "Without a key equal messages are different messages.", Keys::none));
    }

    private static Answer both(Device5 phone, String conversation, String id, String correlation) throws Exception {
        MqttMessage message = Packets5.message("hello");
        message.getProperties().setCorrelationData(correlation.getBytes(StandardCharsets.UTF_8));
        return phone.publish(phone.topic("out/" + conversation + "/" + id), message);
    }

    private static void sameBody(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = stage.person().online("phone");
        for (int attempt = 1; attempt <= 3; attempt++) {
            equal(1L, phone.send(bob.chat(), "once", "key").stored(), "seq of attempt " + attempt);
        }
        phone.send(bob.chat(), "fence").stored();
        Expect.message("once", receiver.next());
        Expect.message("fence", receiver.next());
    }

    private static void otherDevice(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        equal(1L, phone.send(bob.chat(), "once", "key").stored(), "seq");
        phone.leave();
        Person.back(phone);
        equal(1L, phone.send(bob.chat(), "once", "key").stored(), "seq after a reconnect");
        equal(1L, alice.online("laptop").send(bob.chat(), "once", "key").stored(), "seq from another device");
        phone.leave();
        Device3 old = alice.online3("phone");
        old.send(bob.chat() + "/key", "once");
        equal(1L, old.sent(bob.chat() + "/key").path("seq").asLong(), "seq over 3.1.1");
    }

    private static void otherBody(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "once", "key").stored();
        refused(0x83, phone.send(bob.chat(), "other", "key"), "another body with the same key");
        equal(2L, phone.send(bob.chat(), "next").stored(), "seq of the next message");
    }

    private static void otherBody311(Stage stage) throws Exception {
        Person bob = stage.person();
        Device3 phone = stage.person().online3("phone");
        phone.send(bob.chat() + "/key", "once");
        equal(1L, phone.sent(bob.chat() + "/key").path("seq").asLong(), "seq");
        phone.send(bob.chat() + "/key", "other");
        equal("id-reused", phone.sent(bob.chat() + "/key").path("refused").asText(), "code on sent");
    }

    private static void otherConversation(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        for (int i = 0; i < 2; i++) {
            equal(1L, phone.send(stage.person().chat(), "hello " + i, "key").stored(), "seq");
        }
    }

    private static void oneSpace(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        equal(1L, phone.send(bob.chat() + "/key", "hello").stored(), "seq with the key as a topic level");
        equal(1L, phone.send(bob.chat(), "hello", "key").stored(), "seq with the same key as Correlation Data");
    }

    private static void both(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        equal(1L, both(phone, bob.chat(), "key", "key").stored(), "seq with both, equal");
        refused(0x83, both(phone, bob.chat(), "key", "yek"), "two unequal keys");
    }

    private static void tooLong(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        refused(0x83, phone.send(bob.chat(), "hello", "k".repeat(65)), "a key of 65 bytes");
        equal(1L, phone.send(bob.chat(), "hello", "k".repeat(64)).stored(), "seq with a key of 64 bytes");
    }

    private static void none(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        equal(1L, phone.send(bob.chat(), "hello").stored(), "seq");
        equal(2L, phone.send(bob.chat(), "hello").stored(), "seq of an equal message");
    }
}
