package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.refused;
import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Lacking;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Answer;
import dev.waggle.broker.conformance.device.Device3;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** Where a client may not publish, and how it learns that. */
final class Topics {

    private Topics() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "topic-of-another",
                        4,
                        "A publish below another user's prefix is refused: 0x87.",
                        Topics::ofAnother),
                new Check(
                        "topic-not-in-contract",
                        4,
                        "A publish below the own prefix that is not in the contract is refused: 0x90.",
                        Topics::notInContract),
                new Check("topic-retained", 4, "A retained publish below u/ is refused: 0x90.", Topics::retained),
                new Check(
                        "topic-ordinary",
                        4,
                        "A topic outside u/ is closed unless the operator opened it: 0x87.",
                        Topics::ordinary),
                new Check(
                        "topic-refusal-keeps-connection",
                        5,
                        "A refused publish never closes the connection; what follows is stored.",
                        Topics::keepsConnection),
                new Check(
                        "topic-refused-3-1-1",
                        5,
                        "In 3.1.1 a refused publish on a topic without a conversation is acknowledged and dropped, no sent.",
                        Topics::refused311));
    }

    private static void ofAnother(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = bob.online("phone");
        Device5 intruder = alice.online("phone");
        for (String rest : List.of("out/" + alice.chat(), "in/d/x/x/1/1", "call/me", "anything")) {
            refused(0x87, intruder.publish(phone.topic(rest), Packets5.message("hello")), phone.topic(rest));
        }
        intruder.send(bob.chat(), "fence").stored();
        Expect.message("fence", phone.next());
    }

    private static void notInContract(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        for (String rest : List.of(
                "out/bob",
                "out/d/bob/k/more",
                "out/d/b.b",
                "out/d/bоb", // the о is Cyrillic
                "out/d/",
                "out/x/bob",
                "in/d/bob/bob/1/1",
                "sent/d/bob/k",
                "nothing",
                "")) {
            refused(0x90, phone.publish(phone.topic(rest), Packets5.message("hello")), "'" + phone.topic(rest) + "'");
        }
    }

    private static void retained(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        MqttMessage message = Packets5.message("hello");
        message.setRetained(true);
        refused(0x90, phone.publish(phone.topic("out/" + alice.chat()), message), "a retained message");
    }

    private static void ordinary(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        Answer answer = phone.publish("conformance/" + alice.id(), Packets5.message("hello"));
        if (answer.code() == 0) {
            throw new Lacking("the operator opened conformance/" + alice.id());
        }
        refused(0x87, answer, "a topic outside u/");
        phone.send(alice.chat(), "still here").stored();
    }

    private static void keepsConnection(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        refused(0x90, phone.publish(phone.topic("nothing"), Packets5.message("x")), "a topic not in the contract");
        refused(0x87, phone.send("g/nobody-" + alice.id(), "x"), "a group that does not exist");
        equal(1L, phone.send(alice.chat(), "fine").stored(), "seq of the first message");
    }

    private static void refused311(Stage stage) throws Exception {
        Person alice = stage.person();
        Device3 phone = alice.online3("phone");
        phone.publish(phone.topic("nothing"), "hello");
        phone.publish("u/somebody-else/out/" + alice.chat(), "hello");
        phone.send(alice.chat() + "/k1", "fine");
        equal(1L, phone.sent(alice.chat() + "/k1").path("seq").asLong(), "seq of the first message");
        that(phone.here("sent").isEmpty(), "there was a sent for a topic without a conversation");
    }
}
