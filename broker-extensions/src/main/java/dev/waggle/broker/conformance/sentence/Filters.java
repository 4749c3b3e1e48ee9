package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device3;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Which filters are granted, and what they do. */
final class Filters {

    private Filters() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "filter-outside",
                        6,
                        "A filter that could match anything outside u/{me}/ is refused: 0x87.",
                        Filters::outside),
                new Check("filter-outside-3-1-1", 6, "In 3.1.1: 0x80.", Filters::outside311),
                new Check("filter-inside", 6, "Any filter inside u/{me}/ is granted.", Filters::inside),
                new Check(
                        "filter-one-copy", 6, "A message comes once, however many filters match it.", Filters::oneCopy),
                new Check(
                        "filter-identifier",
                        6,
                        "A Subscription Identifier is kept with its filter, over reconnects, and sent with what it matches.",
                        Filters::identifier),
                new Check(
                        "filter-passed-over",
                        7,
                        "What no filter matches is passed over; a later filter does not bring it back.",
                        Filters::passedOver),
                new Check(
                        "filter-qos-0",
                        7,
                        "A QoS 0 filter gets live copies only, which come at QoS 0 and are not kept.",
                        Filters::qos0));
    }

    private static List<String> foreign(Person me) {
        return List.of(
                "#",
                "+/" + me.id() + "/#",
                "u/#",
                "u/+/in/#",
                "u/" + me.id(),
                "u/" + me.id() + "x/#",
                "u/somebody-else/#",
                "$share/phones/u/" + me.id() + "/#",
                "$SYS/#");
    }

    private static int subscribe(Device5 device, String filter, int qos) throws Exception {
        return device.subscribe(new MqttSubscription(filter, qos), new MqttProperties());
    }

    private static void outside(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.device("phone");
        phone.connect();
        for (String filter : foreign(alice)) {
            int code = subscribe(phone, filter, 1);
            that(code == 0x87, "SUBSCRIBE %s was answered 0x%02X instead of 0x87".formatted(filter, code));
        }
        phone.subscribe();
    }

    private static void outside311(Stage stage) throws Exception {
        Person alice = stage.person();
        Device3 phone = alice.device3("phone");
        phone.connect();
        for (String filter : foreign(alice)) {
            int code = phone.subscribe(filter);
            that(code == Device3.FAILURE, "SUBSCRIBE %s was answered 0x%02X instead of 0x80".formatted(filter, code));
        }
        phone.subscribe();
    }

    private static void inside(Stage stage) throws Exception {
        Device5 phone = stage.person().device("phone");
        phone.connect();
        for (String rest : List.of("#", "in/#", "in/d/bob/+/+/+", "+/g/team/#", "reply/+", "in/+/+/bob/#")) {
            equal(1, subscribe(phone, phone.topic(rest), 1), "granted for " + rest);
        }
    }

    private static void oneCopy(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        subscribe(receiver, receiver.topic("in/#"), 1);
        subscribe(receiver, receiver.topic("+/d/#"), 1);
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "hello").stored();
        phone.send(bob.chat(), "fence").stored();
        Expect.message("hello", receiver.next());
        Expect.message("fence", receiver.next());
    }

    private static void identifier(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.device("phone").with(options -> options.setUseSubscriptionIdentifiers(false));
        receiver.connect();
        MqttProperties properties = new MqttProperties();
        properties.setSubscriptionIdentifier(7);
        equal(1, receiver.subscribe(new MqttSubscription(receiver.topic("in/#"), 1), properties), "granted");
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "one").stored();
        equal(
                List.of(7),
                Expect.message("one", receiver.next()).properties().subscriptionIds(),
                "Subscription Identifiers");
        receiver.leave();
        Person.back(receiver);
        phone.send(bob.chat(), "two").stored();
        equal(
                List.of(7),
                Expect.message("two", receiver.next()).properties().subscriptionIds(),
                "Subscription Identifiers after a reconnect");
    }

    private static void passedOver(Stage stage) throws Exception {
        Person bob = stage.person();
        Person carol = stage.person();
        Device5 receiver = bob.device("phone");
        receiver.connect();
        subscribe(receiver, receiver.topic("in/" + carol.chat() + "/#"), 1);
        stage.person().online("phone").send(bob.chat(), "not asked for").stored();
        Device5 phone = carol.online("phone");
        phone.send(bob.chat(), "hello").stored();
        Expect.message("hello", receiver.next());
        receiver.subscribe();
        phone.send(bob.chat(), "fence").stored();
        Expect.message("fence", receiver.next());
        receiver.leave();
        Person.back(receiver);
        phone.send(bob.chat(), "last").stored();
        Expect.message("last", receiver.next());
    }

    private static void qos0(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.device("phone");
        receiver.connect();
        equal(0, subscribe(receiver, receiver.topic("#"), 0), "granted");
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "live").stored();
        Arrived live = Expect.message("live", receiver.next());
        equal(0, live.qos(), "QoS");
        receiver.leave();
        phone.send(bob.chat(), "missed").stored();
        Person.back(receiver);
        phone.send(bob.chat(), "live again").stored();
        Expect.message("live again", receiver.next());
    }
}
