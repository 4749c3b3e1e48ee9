package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** Where in the inbox a device begins, and what makes it begin again. */
final class Beginnings {

    private Beginnings() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "session-first-device",
                        7,
                        "A user's first durable device begins at the beginning of the inbox.",
                        Beginnings::firstDevice),
                new Check("session-later-device", 7, "Every later one begins at its end.", Beginnings::laterDevice),
                new Check(
                        "session-before-subscribe",
                        7,
                        "Until the first SUBSCRIBE of a new durable device nothing is due and nothing is lost.",
                        Beginnings::beforeSubscribe),
                new Check(
                        "session-clean-start",
                        7,
                        "Clean Start 1 forgets the device: no filters, and it begins at the end.",
                        Beginnings::cleanStart),
                new Check(
                        "session-expiry-0",
                        7,
                        "A DISCONNECT with Session Expiry 0 forgets it too.",
                        Beginnings::expiry0));
    }

    private static void firstDevice(Stage stage) throws Exception {
        Person bob = stage.person();
        stage.write(bob, 3);
        Device5 receiver = bob.online("phone");
        for (int i = 1; i <= 3; i++) {
            Expect.message("m" + i, receiver.next());
        }
    }

    private static void laterDevice(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = bob.online("phone");
        stage.write(bob, 2);
        Expect.message("m1", phone.next());
        Expect.message("m2", phone.next());
        Device5 laptop = bob.online("laptop");
        stage.person().online("phone").send(bob.chat(), "fence").stored();
        Expect.message("fence", laptop.next());
    }

    private static void beforeSubscribe(Stage stage) throws Exception {
        Person bob = stage.person();
        bob.online("laptop"); // the phone is not the first
        Device5 phone = bob.device("phone");
        phone.connect();
        stage.write(bob, 3);
        phone.leave();
        Person.back(phone);
        phone.subscribe();
        for (int i = 1; i <= 3; i++) {
            Expect.message("m" + i, phone.next());
        }
    }

    /** It was forgotten: it has no filters, and gets only what comes from now on. */
    private static void forgotten(Stage stage, Person bob, Device5 phone) throws Exception {
        Device5 carol = stage.person().online("phone");
        carol.send(bob.chat(), "without filters").stored();
        phone.subscribe();
        Expect.message("without filters", phone.next());
    }

    private static void cleanStart(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = bob.away("phone");
        stage.write(bob, 2);
        phone.with(options -> options.setCleanStart(true)).connect();
        forgotten(stage, bob, phone);
    }

    private static void expiry0(Stage stage) throws Exception {
        Person bob = stage.person();
        bob.online("laptop");
        Device5 phone = bob.online("phone");
        phone.leaveForGood();
        stage.write(bob, 2);
        that(!phone.connect().sessionPresent(), "Session Present is 1");
        forgotten(stage, bob, phone);
    }
}
