package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Answer;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** Of who is blocked nothing comes through. */
final class Blocks {

    private Blocks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "block-message",
                        8,
                        "No message of somebody blocked comes through; after unblock the next one does.",
                        Blocks::message),
                new Check("block-waiting", 8, "What waits of the blocked is withheld.", Blocks::waiting),
                new Check(
                        "block-group",
                        8,
                        "In a group of both, what the blocked says is hidden from the blocker, and from nobody else.",
                        Blocks::group));
    }

    private static void block(Device5 phone, String method, Person whom) throws Exception {
        ok(phone.call(method, "{\"user\":\"" + whom.id() + "\"}"));
    }

    /** Sends; the operator decides whether the blocked hears of it. */
    private static void send(Device5 phone, String conversation, String text) throws Exception {
        Answer answer = phone.send(conversation, text);
        that(answer.code() == 0 || answer.code() == 0x87, "a message of the blocked was answered " + answer);
    }

    /** The next message, passing over gaps. */
    private static void nextMessage(String text, Device5 phone) throws Exception {
        var next = phone.next();
        while (next.kind().equals("gap")) {
            next = phone.next();
        }
        Expect.message(text, next);
    }

    private static void message(Stage stage) throws Exception {
        Person mallory = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = mallory.online("phone");
        phone.send(bob.chat(), "before").stored();
        Expect.message("before", receiver.next());
        block(receiver, "block", mallory);
        send(phone, bob.chat(), "blocked");
        block(receiver, "unblock", mallory);
        phone.send(bob.chat(), "after").stored();
        nextMessage("after", receiver);
    }

    private static void waiting(Stage stage) throws Exception {
        Person mallory = stage.person();
        Person bob = stage.person();
        Device5 laptop = bob.online("laptop");
        Device5 receiver = bob.away("phone");
        mallory.online("phone").send(bob.chat(), "waiting").stored();
        Expect.message("waiting", laptop.next());
        block(laptop, "block", mallory);
        stage.person().online("phone").send(bob.chat(), "fence").stored();
        Person.back(receiver);
        nextMessage("fence", receiver);
    }

    private static void group(Stage stage) throws Exception {
        Person mallory = stage.person();
        Person bob = stage.person();
        Person carol = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 third = carol.online("phone");
        Device5 phone = mallory.online("phone");
        String group = GroupCalls.create(third, bob, mallory);
        Expect.event("member", receiver.next());
        block(receiver, "block", mallory);
        phone.send("g/" + group, "hidden").stored();
        third.send("g/" + group, "seen").stored();
        nextMessage("seen", receiver);
        Expect.event("member", phone.next());
        Expect.message("seen", phone.next());
    }
}
