package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.that;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device3;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** What a sender is told on {@code sent}. */
final class Sent {

    private Sent() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "send-qos-0",
                        4,
                        "A message at QoS 0 is stored; sent tells its seq and time if the topic has an id.",
                        Sent::qos0),
                new Check(
                        "send-3-1-1-sent",
                        5,
                        "In 3.1.1 sent tells seq and time of a message whose topic has an id, and only then.",
                        Sent::sent311),
                new Check(
                        "send-3-1-1-refused",
                        5,
                        "In 3.1.1 a refusal is acknowledged and told on sent, with a code and a reason.",
                        Sent::refused311),
                new Check(
                        "send-no-problem-information",
                        5,
                        "With Request Problem Information 0 sent tells what the PUBACK may not.",
                        Sent::noProblemInformation),
                new Check(
                        "send-sent-only-to-sender",
                        5,
                        "sent goes only to the connection that sent.",
                        Sent::onlyToSender));
    }

    private static void qos0(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        MqttMessage message = Packets5.message("hello");
        message.setQos(0);
        IMqttToken unused = phone.start(phone.topic("out/" + bob.chat() + "/k1"), message);
        Arrived sent = phone.next("sent");
        equal(phone.topic("sent/" + bob.chat() + "/k1"), sent.topic(), "topic");
        stored(1, sent.json());
        Expect.message("hello", bob.online("phone").next());
    }

    private static void stored(long seq, JsonNode told) throws Exception {
        equal(seq, told.path("seq").asLong(), "seq on sent");
        that(told.path("ts").asLong() > 1_500_000_000_000L, "no time in Unix milliseconds on sent: " + told);
    }

    private static void sent311(Stage stage) throws Exception {
        Person bob = stage.person();
        Device3 phone = stage.person().online3("phone");
        phone.send(bob.chat(), "no id");
        phone.send(bob.chat() + "/k2", "with an id");
        stored(2, phone.sent(bob.chat() + "/k2"));
    }

    private static void refused311(Stage stage) throws Exception {
        Device3 phone = stage.person().online3("phone");
        for (String id : List.of("k1", "-")) {
            phone.send("g/strangers" + (id.equals("-") ? "" : "/" + id), "let me in");
            JsonNode told = phone.sent("g/strangers/" + id);
            equal("not-member", told.path("refused").asText(), "code on sent");
            that(!told.path("reason").asText().isBlank(), "no reason on sent");
        }
    }

    private static void noProblemInformation(Stage stage) throws Exception {
        Device5 phone = stage.person().device("phone").with(options -> options.setRequestProblemInfo(false));
        phone.connect();
        phone.subscribe();
        equal(0x87, phone.send("g/strangers", "let me in").code(), "reason code");
        Arrived sent = phone.next("sent");
        equal(phone.topic("sent/g/strangers/-"), sent.topic(), "topic");
        equal("not-member", sent.json().path("refused").asText(), "code on sent");
    }

    private static void onlyToSender(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 laptop = alice.online("laptop");
        Device3 phone = alice.online3("phone");
        phone.send(alice.chat() + "/k1", "hello");
        stored(1, phone.sent(alice.chat() + "/k1"));
        Expect.message("hello", laptop.next());
        that(laptop.here("sent").isEmpty(), "another device got the sent");
    }
}
