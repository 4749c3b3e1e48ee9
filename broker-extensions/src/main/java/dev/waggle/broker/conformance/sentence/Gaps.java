package dev.waggle.broker.conformance.sentence;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** What stands for a message that will not come. */
final class Gaps {

    private static final int CONNECTIONS_UNTIL_SET_ASIDE = 5;

    private Gaps() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "window-too-large",
                        7,
                        "What is larger than the device's Maximum Packet Size becomes a gap.",
                        Gaps::tooLarge),
                new Check(
                        "window-set-aside",
                        7,
                        "What is unacknowledged at the end of five connections in a row becomes a gap.",
                        Gaps::setAside),
                new Check("window-gap-again", 6, "A gap comes again until it is acknowledged.", Gaps::gapAgain));
    }

    private static void tooLarge(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.device("phone").with(options -> options.setMaximumPacketSize(300L));
        receiver.connect();
        receiver.subscribe();
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "small").stored();
        phone.send(bob.chat(), "x".repeat(400)).stored();
        phone.send(bob.chat(), "small again").stored();
        Expect.message("small", receiver.next());
        Expect.gap(alice.chat(), 2, 2, receiver.next());
        Expect.message("small again", receiver.next());
    }

    private static void setAside(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.device("phone").manual();
        receiver.connect();
        receiver.subscribe();
        alice.online("phone").send(bob.chat(), "m1").stored();
        for (int connection = 1; connection <= CONNECTIONS_UNTIL_SET_ASIDE; connection++) {
            Expect.message("m1", receiver.next());
            receiver.leave();
            Person.back(receiver);
        }
        Expect.gap(alice.chat(), 1, 1, receiver.next());
    }

    private static void gapAgain(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.device("phone").manual().with(options -> options.setMaximumPacketSize(300L));
        receiver.connect();
        receiver.subscribe();
        alice.online("phone").send(bob.chat(), "x".repeat(400)).stored();
        Expect.gap(alice.chat(), 1, 1, receiver.next());
        receiver.leave();
        Person.back(receiver);
        Arrived gap = receiver.next();
        Expect.gap(alice.chat(), 1, 1, gap);
        receiver.acknowledge(gap);
        Expect.error("not-found", receiver.call("none", "{}")); // its answer comes after the PUBACK was read
        receiver.leave();
        Person.back(receiver);
        stage.person().online("phone").send(bob.chat(), "fence").stored();
        Expect.message("fence", receiver.next());
    }
}
