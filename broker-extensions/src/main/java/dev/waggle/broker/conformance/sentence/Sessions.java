package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device3;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** What waits for a device that is away. */
final class Sessions {

    private static final int MANY = 80; // more than a window, fewer than the burst of a sender

    private Sessions() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "session-present",
                        3,
                        "Session Present is 1 exactly when one asked to continue and the broker knows the device.",
                        Sessions::sessionPresent),
                new Check(
                        "session-away",
                        7,
                        "A durable device that was away gets everything, in order, without subscribing.",
                        Sessions::away),
                new Check("session-away-3-1-1", 7, "So does one of 3.1.1 with clean session 0.", Sessions::away311),
                new Check(
                        "session-transient",
                        7,
                        "A transient device gets what is stored between its SUBSCRIBE and its disconnect, and nothing else.",
                        Sessions::transientDevice));
    }

    private static void sessionPresent(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.device("phone");
        that(!phone.connect().sessionPresent(), "Session Present is 1 for an unknown device");
        phone.leave();
        Person.back(phone).leave();
        phone.with(options -> options.setCleanStart(true));
        that(!phone.connect().sessionPresent(), "Session Present is 1 after Clean Start 1");
        phone.cut();
        phone.with(options -> options.setCleanStart(false));
        that(phone.connect().sessionPresent(), "Session Present is 0 after a connection that was cut");
    }

    private static void away(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.away("phone");
        stage.write(bob, MANY);
        Person.back(receiver);
        for (long seq = 1; seq <= MANY; seq++) {
            equal(seq, Expect.message("m" + seq, receiver.next()).seq(), "seq");
        }
    }

    private static void away311(Stage stage) throws Exception {
        Person bob = stage.person();
        Device3 receiver = bob.online3("phone");
        receiver.leave();
        stage.write(bob, MANY);
        that(receiver.connect().sessionPresent(), "Session Present is 0");
        for (long seq = 1; seq <= MANY; seq++) {
            equal(seq, Expect.message("m" + seq, receiver.next()).seq(), "seq");
        }
    }

    private static void transientDevice(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = bob.device("phone").with(options -> {
            options.setCleanStart(true);
            options.setSessionExpiryInterval(0L);
        });
        phone.connect();
        Device5 sender = stage.person().online("phone");
        sender.send(bob.chat(), "before").stored();
        phone.subscribe();
        sender.send(bob.chat(), "between").stored();
        Expect.message("between", phone.next());
        phone.leave();
        sender.send(bob.chat(), "after").stored();
        that(!phone.connect().sessionPresent(), "Session Present is 1 for a transient device");
        phone.subscribe();
        sender.send(bob.chat(), "fence").stored();
        Expect.message("fence", phone.next());
    }
}
