package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Messages that go before others. */
final class Priorities {

    private Priorities() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "priority-first",
                        7,
                        "Where a message with priority waits, its conversation goes first, up to that message.",
                        Priorities::first),
                new Check(
                        "priority-left-out",
                        4,
                        "From a role that may not, prio is left out and the message stored like any other.",
                        Priorities::leftOut));
    }

    private static MqttMessage urgent(String text) {
        MqttMessage message = Packets5.message(text);
        message.getProperties().setUserProperties(List.of(new UserProperty("prio", "high")));
        return message;
    }

    private static void first(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.away("phone");
        Device5 service = stage.service().online("phone");
        stage.write(bob, 2);
        service.send(bob.chat(), "before it").stored();
        service.publish(service.topic("out/" + bob.chat()), urgent("urgent")).stored();
        service.send(bob.chat(), "after it").stored();
        Person.back(receiver);
        Expect.message("before it", receiver.next());
        Expect.message("urgent", receiver.next());
        Expect.message("m1", receiver.next());
        Expect.message("m2", receiver.next());
        Expect.message("after it", receiver.next());
    }

    private static void leftOut(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.away("phone");
        Device5 phone = stage.person().online("phone");
        stage.write(bob, 1);
        phone.publish(phone.topic("out/" + bob.chat()), urgent("not urgent")).stored();
        Person.back(receiver);
        Expect.message("m1", receiver.next());
        Arrived arrived = Expect.message("not urgent", receiver.next());
        that(!arrived.properties().user().containsKey("prio"), "prio came along from a role that may not");
    }
}
