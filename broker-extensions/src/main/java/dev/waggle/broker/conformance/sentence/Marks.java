package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.refused;
import static dev.waggle.broker.conformance.Expect.that;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Answer;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.util.List;

/** Who has received and read what, and who is told. */
final class Marks {

    private Marks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "mark-delivered",
                        6,
                        "When a device acknowledges a message its author is told on mark/{conv}: {user:[delivered,read]}.",
                        Marks::delivered),
                new Check("mark-read", 6, "read/{conv} tells the others how far one has read.", Marks::read),
                new Check(
                        "mark-private",
                        4,
                        "'{seq} private' clears the unread on one's own devices and tells nobody else.",
                        Marks::privately),
                new Check(
                        "mark-forward",
                        4,
                        "read only moves forward; above the last seq counts as the last.",
                        Marks::forward),
                new Check("mark-no-seq", 4, "A read that is no seq is refused: 0x99.", Marks::noSeq),
                new Check("mark-not-member", 4, "A read where one is no member is refused: 0x87.", Marks::notMember),
                new Check(
                        "mark-away",
                        6,
                        "A durable device that was away is told of what changed, after its messages.",
                        Marks::away),
                new Check(
                        "mark-receipts-off",
                        8,
                        "me.settings receipts false: nobody is told what one receives and reads.",
                        Marks::receiptsOff));
    }

    private static Answer read(Device5 phone, Person peer, String upTo) throws Exception {
        return phone.publish(phone.topic("read/" + peer.chat()), Packets5.message(upTo));
    }

    /** The first mark that tells this of the user; others before it may tell less. */
    private static void told(Device5 phone, Person of, String expected) throws Exception {
        String last = "";
        while (!last.equals(expected)) {
            Arrived mark = phone.next("mark");
            equal(of.chat(), mark.conversation(), "conversation of the mark");
            last = mark.json().path(of.id()).toString();
        }
    }

    private static long unread(Device5 phone) throws Exception {
        return ok(phone.call("inbox", "{}"))
                .path("conversations")
                .path(0)
                .path("unread")
                .asLong();
    }

    private static void delivered(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "hello").stored();
        Expect.message("hello", bob.online("phone").next());
        told(phone, bob, "[1,0]");
    }

    private static void read(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "hello").stored();
        Device5 receiver = bob.online("phone");
        Expect.message("hello", receiver.next());
        equal(0, read(receiver, alice, "1").code(), "reason code");
        told(phone, bob, "[1,1]");
        equal(0L, unread(receiver), "unread");
    }

    private static void privately(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "one").stored();
        phone.send(bob.chat(), "two").stored();
        Device5 receiver = bob.online("phone");
        Expect.message("one", receiver.next());
        Expect.message("two", receiver.next());
        equal(2L, unread(receiver), "unread before");
        equal(0, read(receiver, alice, "2 private").code(), "reason code");
        equal(0L, unread(receiver), "unread");
        equal(0, read(receiver, alice, "1").code(), "reason code");
        Device5 laptop = alice.online("laptop");
        JsonNode marks = lastMark(stage, alice, bob, phone, laptop);
        that(marks.path(1).asLong() < 2, "the author was told of what was read privately: " + marks);
    }

    /** What the author was told of the reader at last, when a later message was delivered too. */
    private static JsonNode lastMark(Stage stage, Person author, Person reader, Device5 phone, Device5 laptop)
            throws Exception {
        long seq = phone.send(reader.chat(), "fence").stored();
        Expect.message("fence", laptop.next());
        JsonNode mark = phone.next("mark").json().path(reader.id());
        while (mark.path(0).asLong() < seq) {
            mark = phone.next("mark").json().path(reader.id());
        }
        return mark;
    }

    private static void forward(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        for (int i = 1; i <= 3; i++) {
            phone.send(bob.chat(), "m" + i).stored();
        }
        Device5 receiver = bob.online("phone");
        equal(0, read(receiver, alice, "2").code(), "reason code");
        equal(0, read(receiver, alice, "1").code(), "reason code of an earlier seq");
        equal(1L, unread(receiver), "unread");
        equal(0, read(receiver, alice, "99").code(), "reason code above the last seq");
        told(phone, bob, "[3,3]");
    }

    private static void noSeq(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "hello").stored();
        for (String bad : new String[] {"", "one", "-1", "1 loudly", "1 2"}) {
            refused(0x99, read(phone, bob, bad), "read '" + bad + "'");
        }
    }

    private static void notMember(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        refused(0x87, phone.publish(phone.topic("read/g/strangers"), Packets5.message("1")), "read of a stranger");
    }

    private static void away(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "hello").stored();
        phone.leave();
        Device5 receiver = bob.online("phone");
        Expect.message("hello", receiver.next());
        equal(0, read(receiver, alice, "1").code(), "reason code");
        receiver.send(alice.chat(), "answer").stored();
        Person.back(phone);
        Expect.message("answer", phone.next());
        told(phone, bob, "[1,1]");
    }

    private static void receiptsOff(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        Device5 receiver = bob.online("phone");
        equal(
                false,
                ok(receiver.call("me.settings", "{\"receipts\":false}"))
                        .path("receipts")
                        .asBoolean(true),
                "receipts");
        phone.send(bob.chat(), "hello").stored();
        Expect.message("hello", receiver.next());
        equal(0, read(receiver, alice, "1").code(), "reason code");
        equal(0L, unread(receiver), "unread");
        Person carol = stage.person();
        Device5 other = carol.online("phone");
        phone.send(carol.chat(), "fence").stored();
        Expect.message("fence", other.next());
        told(phone, carol, "[1,0]"); // were there a mark of bob, it would come before
    }
}
