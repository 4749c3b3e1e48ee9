package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.error;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.that;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** Editing, and deleting for all. */
final class Erasures {

    private Erasures() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "edit-event",
                        6,
                        "An edit is an event with the message's seq and its whole new body, and history has the new body.",
                        Erasures::edit),
                new Check("edit-of-another", 8, "Only the author edits: not-allowed.", Erasures::editOfAnother),
                new Check(
                        "edit-away",
                        6,
                        "A device that was away gets the newest body where the message stands, then the event.",
                        Erasures::editAway),
                new Check(
                        "edit-away-several",
                        6,
                        "Of several edits of one message only the last is kept: a gap stands for each of the others.",
                        Erasures::editAwaySeveral),
                new Check(
                        "delete-event",
                        6,
                        "Deleting for all is one event with ranges of seqs, and history keeps {seq, ts, from, deleted}.",
                        Erasures::delete),
                new Check(
                        "delete-of-another",
                        8,
                        "Others' messages: not-allowed, and none is deleted.",
                        Erasures::deleteOfAnother),
                new Check(
                        "delete-away",
                        6,
                        "A device that was away gets a gap where a deleted message stood, then the event.",
                        Erasures::deleteAway),
                new Check(
                        "delete-for-me",
                        8,
                        "Deleting for me hides messages from one's own history, tells one's other devices on mine, and nobody else.",
                        Erasures::deleteForMe));
    }

    private static JsonNode edit(Device5 phone, Person peer, long seq, String body) throws Exception {
        return phone.call(
                "message.edit", "{\"conv\":\"" + peer.chat() + "\",\"seq\":" + seq + ",\"body\":\"" + body + "\"}");
    }

    private static JsonNode delete(Device5 phone, Person peer, String seqs) throws Exception {
        return phone.call("message.delete", "{\"conv\":\"" + peer.chat() + "\",\"seqs\":" + seqs + ",\"for\":\"all\"}");
    }

    private static JsonNode history(Device5 phone, Person peer) throws Exception {
        return ok(phone.call("history", "{\"conv\":\"" + peer.chat() + "\"}")).path("messages");
    }

    private static void edit(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = alice.online("phone");
        long seq = phone.send(bob.chat(), "helo").stored();
        JsonNode edited = ok(edit(phone, bob, seq, "hello"));
        Expect.message("helo", receiver.next());
        Arrived event = Expect.event("edit", receiver.next());
        equal(edited.path("seq").asLong(), event.seq(), "seq of the event");
        equal(alice.id(), event.from(), "author of the event");
        equal(seq, event.json().path("seq").asLong(), "seq of the message");
        equal("hello", event.json().path("body").asText(), "new body");
        JsonNode kept = history(receiver, alice).path(0);
        equal("hello", kept.path("body").asText(), "body in history");
        equal(event.time(), kept.path("edited").asLong(), "edited in history");
    }

    private static void editOfAnother(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        long seq = alice.online("phone").send(bob.chat(), "mine").stored();
        error("not-allowed", edit(receiver, alice, seq, "yours"));
        equal("mine", history(receiver, alice).path(0).path("body").asText(), "body in history");
    }

    private static void editAway(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 receiver = bob.away("phone");
        Device5 phone = stage.person().online("phone");
        long seq = phone.send(bob.chat(), "helo").stored();
        ok(edit(phone, bob, seq, "hello"));
        Person.back(receiver);
        equal(seq, Expect.message("hello", receiver.next()).seq(), "seq");
        Expect.event("edit", receiver.next());
    }

    private static void editAwaySeveral(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.away("phone");
        Device5 phone = alice.online("phone");
        long seq = phone.send(bob.chat(), "helo").stored();
        long first = ok(edit(phone, bob, seq, "hell")).path("seq").asLong();
        ok(edit(phone, bob, seq, "hello"));
        Person.back(receiver);
        Expect.message("hello", receiver.next());
        Expect.gap(alice.chat(), first, first, receiver.next());
        equal("hello", Expect.event("edit", receiver.next()).json().path("body").asText(), "body of the last edit");
    }

    private static void delete(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = alice.online("phone");
        for (String text : List.of("m1", "m2", "m3", "m4")) {
            phone.send(bob.chat(), text).stored();
            Expect.message(text, receiver.next());
        }
        JsonNode deleted = ok(delete(phone, bob, "[[1,2],[4,4]]"));
        equal(3, deleted.path("deleted").asInt(), "deleted");
        Arrived event = Expect.event("delete", receiver.next());
        equal(deleted.path("seq").asLong(), event.seq(), "seq of the event");
        equal("[[1,2],[4,4]]", event.json().path("seqs").toString(), "ranges");
        JsonNode kept = history(receiver, alice);
        that(kept.path(0).path("deleted").asBoolean(), "history has no deleted:true: " + kept.path(0));
        that(!kept.path(0).has("body"), "history still has the body");
        equal("m3", kept.path(2).path("body").asText(), "body of what was not deleted");
    }

    private static void deleteOfAnother(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        alice.online("phone").send(bob.chat(), "mine").stored();
        receiver.send(alice.chat(), "yours").stored();
        error("not-allowed", delete(receiver, alice, "[[1,2]]"));
        equal("yours", history(receiver, alice).path(1).path("body").asText(), "body in history");
    }

    private static void deleteForMe(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "m1").stored();
        phone.send(bob.chat(), "m2").stored();
        Device5 receiver = bob.online("phone");
        Device5 tablet = bob.online("tablet");
        Expect.message("m1", receiver.next());
        JsonNode deleted = ok(
                receiver.call("message.delete", "{\"conv\":\"" + alice.chat() + "\",\"seqs\":[[1,1]],\"for\":\"me\"}"));
        equal(1, deleted.path("deleted").asInt(), "deleted");
        equal("[[1,1]]", tablet.next("mine").json().path("hidden").toString(), "hidden of mine");
        equal("m2", history(receiver, alice).path(0).path("body").asText(), "what is left in history");
        equal(2, history(phone, bob).size(), "messages in the other's history");
    }

    private static void deleteAway(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.away("phone");
        Device5 phone = alice.online("phone");
        for (String text : List.of("m1", "m2", "m3")) {
            phone.send(bob.chat(), text).stored();
        }
        ok(delete(phone, bob, "[[2,2]]"));
        Person.back(receiver);
        Expect.message("m1", receiver.next());
        Expect.gap(alice.chat(), 2, 2, receiver.next());
        Expect.message("m3", receiver.next());
        Expect.event("delete", receiver.next());
    }
}
