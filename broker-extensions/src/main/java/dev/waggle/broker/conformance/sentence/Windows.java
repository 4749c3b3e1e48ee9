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
import java.util.ArrayList;
import java.util.List;

/** What only acknowledgements move. */
final class Windows {

    private Windows() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "window-most",
                        7,
                        "At most the announced window is unacknowledged at a time; each PUBACK lets the next one out.",
                        Windows::most),
                new Check(
                        "window-receive-maximum",
                        7,
                        "Never more than the device's Receive Maximum.",
                        Windows::receiveMaximum),
                new Check(
                        "window-resume",
                        7,
                        "After a reconnect the unacknowledged come first, in order, with DUP and the same packet ids.",
                        Windows::resume),
                new Check(
                        "window-only-puback",
                        7,
                        "Only a PUBACK moves the device's place: what was not acknowledged comes again.",
                        Windows::onlyPuback));
    }

    /** Takes this many and acknowledges none. */
    private static List<Arrived> take(Device5 device, int from, int to) throws Exception {
        List<Arrived> taken = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            taken.add(Expect.message("m" + i, device.next()));
        }
        return taken;
    }

    private static void most(Stage stage) throws Exception {
        Person bob = stage.person();
        int window = Expect.ok(bob.online("phone").call("me", "{}"))
                .path("limits")
                .path("windowMessages")
                .asInt();
        that(window > 0, "me tells no windowMessages");
        Device5 receiver = bob.device("laptop").manual();
        receiver.connect();
        receiver.subscribe();
        stage.write(bob, window + 3);
        List<Arrived> taken = take(receiver, 1, window);
        Device5 other = stage.person().online("phone");
        other.send(bob.chat(), "more").stored();
        receiver.acknowledge(taken.get(0));
        Arrived next = take(receiver, window + 1, window + 1).get(0);
        receiver.acknowledge(taken.get(1));
        receiver.acknowledge(next);
        take(receiver, window + 2, window + 3);
        that(receiver.here("in").isEmpty(), "more came than the window allows");
    }

    private static void receiveMaximum(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.device("phone").manual().with(options -> options.setReceiveMaximum(4));
        receiver.connect();
        receiver.subscribe();
        stage.write(bob, 8);
        List<Arrived> taken = take(receiver, 1, 4);
        that(receiver.here("in").isEmpty(), "more came than Receive Maximum");
        for (int i = 5; i <= 8; i++) {
            receiver.acknowledge(taken.get(i - 5));
            taken.addAll(take(receiver, i, i));
            that(receiver.here("in").isEmpty(), "more came than Receive Maximum");
        }
    }

    private static void resume(Stage stage) throws Exception {
        Person bob = stage.person();
        Device3 receiver = bob.device3("phone").manual(); // of the two libraries this one tells of DUP
        receiver.connect();
        receiver.subscribe();
        stage.write(bob, 4);
        List<Arrived> first = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            first.add(Expect.message("m" + i, receiver.next()));
        }
        receiver.acknowledge(first.get(1));
        Expect.ok(receiver.call("me", "{}")); // its answer comes after the PUBACK was read
        receiver.cut();
        stage.person().online("phone").send(bob.chat(), "later").stored();
        that(receiver.connect().sessionPresent(), "Session Present is 0");
        for (int i : List.of(0, 2, 3)) {
            Arrived again = Expect.message(first.get(i).text(), receiver.next());
            that(again.dup(), again + " came again without DUP");
            equal(first.get(i).packetId(), again.packetId(), "packet id of " + again);
        }
        that(!Expect.message("later", receiver.next()).dup(), "what comes for the first time has DUP");
    }

    private static void onlyPuback(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.device("phone").manual();
        receiver.connect();
        receiver.subscribe();
        stage.write(bob, 2);
        take(receiver, 1, 2);
        receiver.leave();
        Person.back(receiver);
        for (Arrived again : take(receiver, 1, 2)) {
            receiver.acknowledge(again);
        }
        Expect.ok(receiver.call("me", "{}"));
        receiver.leave();
        stage.person().online("phone").send(bob.chat(), "fence").stored();
        Person.back(receiver);
        Expect.message("fence", receiver.next());
    }
}
