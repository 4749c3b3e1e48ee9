package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.error;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.refused;
import static dev.waggle.broker.conformance.Expect.that;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device5;
import java.util.Iterator;
import java.util.List;

/** What ends with a removal, and who inherits. */
final class Leaving {

    private Leaving() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "group-remove",
                        7,
                        "After a removal nothing more comes but the member event that says so, with a gap before it.",
                        Leaving::remove),
                new Check(
                        "group-remove-history",
                        7,
                        "history of a group ends with one's removal.",
                        Leaving::removeHistory),
                new Check(
                        "group-leave",
                        8,
                        "When the last owner leaves, another member inherits the group.",
                        Leaving::leave));
    }

    private static void remove(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        Device5 receiver = bob.online("phone");
        String group = GroupCalls.create(phone, bob);
        Expect.event("member", receiver.next());
        receiver.leave();
        for (int i = 0; i < 3; i++) {
            phone.send("g/" + group, "unseen " + i).stored();
        }
        long removed = ok(GroupCalls.change(phone, "group.remove", group, bob))
                .path("seq")
                .asLong();
        phone.send("g/" + group, "without bob").stored();
        phone.send(bob.chat(), "fence").stored();
        Person.back(receiver);
        Expect.gap("g/" + group, 2, removed - 1, receiver.next());
        Arrived event = Expect.event("member", receiver.next());
        equal(removed, event.seq(), "seq of the event");
        that(event.json().path("removed").toString().contains(bob.id()), "the event does not name who was removed");
        Expect.message("fence", receiver.next());
        refused(0x87, receiver.send("g/" + group, "hello?"), "a message of somebody who was removed");
    }

    private static void removeHistory(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        String group = GroupCalls.create(phone, bob);
        phone.send("g/" + group, "seen").stored();
        long removed = ok(GroupCalls.change(phone, "group.remove", group, bob))
                .path("seq")
                .asLong();
        phone.send("g/" + group, "unseen").stored();
        JsonNode history = receiver.call("history", "{\"conv\":\"g/" + group + "\"}");
        if (history.has("error")) {
            error("not-member", history);
        } else {
            equal(removed, history.path("last").asLong(), "last seq");
            that(!history.toString().contains("unseen"), "history goes on after the removal");
        }
    }

    private static void leave(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        Device5 heir = bob.online("phone");
        String group = GroupCalls.create(phone, bob);
        ok(phone.call("group.leave", "{\"group\":\"" + group + "\"}"));
        Expect.event("member", heir.next());
        equal(bob.id(), heirOf(Expect.event("member", heir.next())), "who inherits");
        JsonNode info = ok(heir.call("group.info", "{\"group\":\"" + group + "\"}"));
        equal("owner", info.path("role").asText(), "role of who inherits");
    }

    private static String heirOf(Arrived event) throws Exception {
        Iterator<String> roles = event.json().path("role").fieldNames();
        return roles.hasNext() ? roles.next() : "nobody";
    }
}
