package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.refused;
import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Greeting;
import dev.waggle.broker.conformance.device.Packets5;
import dev.waggle.broker.conformance.device.TappedSockets;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/** Which CONNECTs are refused besides, and what the broker says to the others. */
final class Connecting {

    private static final long MONTH_SECONDS = 30 * 24 * 3600;

    private Connecting() {}

    static List<Check> all() {
        return List.of(
                new Check("connect-mqtt-3-1", 3, "MQTT 3.1 is refused: return code 1.", Connecting::oldProtocol),
                new Check(
                        "connect-client-id-of-another",
                        2,
                        "A client id that does not agree with the token: 0x85 and what was expected (3.1.1: 2).",
                        Connecting::clientIdOfAnother),
                new Check(
                        "connect-client-id-empty",
                        2,
                        "An empty client id is refused: 0x85 (3.1.1: 2).",
                        Connecting::emptyClientId),
                new Check("connect-will", 3, "A will below u/ is refused: 0x90.", Connecting::will),
                new Check(
                        "connect-announces",
                        9,
                        "CONNACK announces Receive Maximum, Maximum Packet Size and a session expiry of at most 30 days.",
                        Connecting::announces),
                new Check(
                        "connect-inbox-count",
                        3,
                        "CONNACK tells with the user property inbox how many entries wait.",
                        Connecting::inboxCount));
    }

    private static void oldProtocol(Stage stage) throws Exception {
        refused(
                1,
                stage.person()
                        .device3("phone")
                        .with(options -> options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1))
                        .knock(),
                "MQTT 3.1");
    }

    private static void clientIdOfAnother(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = bob.online("phone");
        String foreign = bob.id() + ".phone";
        TappedSockets sockets = new TappedSockets(); // the library keeps the reason string of a CONNACK to itself
        Device5 intruder = alice.device("phone").clientId(foreign).with(options -> options.setSocketFactory(sockets));
        refused(0x85, intruder.knock(), "another user's client id");
        that(sockets.received(alice.id()), "the CONNACK does not say what was expected");
        refused(2, alice.device3("phone").clientId(foreign).knock(), "another user's client id (3.1.1)");
        that(phone.connected(), "the refused CONNECT took the other user's connection over");
    }

    private static void emptyClientId(Stage stage) throws Exception {
        Person alice = stage.person();
        refused(0x85, alice.device("phone").clientId("").knock(), "an empty client id");
        refused(
                2,
                alice.device3("phone")
                        .clientId("")
                        .with(options -> options.setCleanSession(true)) // the library demands it
                        .knock(),
                "an empty client id (3.1.1)");
    }

    private static void will(Stage stage) throws Exception {
        Person alice = stage.person();
        String topic = "u/" + alice.id() + "/out/" + alice.chat();
        refused(
                0x90,
                alice.device("phone")
                        .with(options -> options.setWill(topic, Packets5.message("gone")))
                        .knock(),
                "a will below u/");
    }

    private static void announces(Stage stage) throws Exception {
        Greeting greeting = stage.person()
                .device("phone")
                .with(options -> options.setSessionExpiryInterval(2 * MONTH_SECONDS))
                .connect();
        that(greeting.announced().containsKey("receiveMaximum"), "no Receive Maximum in CONNACK");
        that(greeting.announced().containsKey("maximumPacketSize"), "no Maximum Packet Size in CONNACK");
        long expiry = greeting.announced().getOrDefault("sessionExpiry", 2 * MONTH_SECONDS);
        that(expiry <= MONTH_SECONDS, "a session expiry of " + expiry + " s was granted");
    }

    private static void inboxCount(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = bob.away("phone");
        Device5 sender = alice.online("phone");
        for (int i = 1; i <= 3; i++) {
            sender.send(bob.chat(), "m" + i).stored();
        }
        equal("3", phone.connect().user().getOrDefault("inbox", "absent"), "the user property inbox");
    }
}
