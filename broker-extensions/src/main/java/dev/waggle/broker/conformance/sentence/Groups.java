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

/** Groups: who is in, and what reaches them. */
final class Groups {

    private Groups() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "group-create",
                        8,
                        "group.create makes the caller owner; members get the member event with seq 1.",
                        Groups::create),
                new Check(
                        "group-id",
                        8,
                        "Without an id the server makes one; an id that was ever used: exists.",
                        Groups::id),
                new Check(
                        "group-message", 8, "A message to a group reaches all members with one seq.", Groups::message),
                new Check(
                        "group-add",
                        8,
                        "Who is added gets the member event and what follows, and nothing from before.",
                        Groups::add),
                new Check("group-add-right", 8, "A plain member may not add: not-allowed.", Groups::addRight),
                new Check(
                        "group-unknown",
                        8,
                        "A group that does not exist answers like one that one is not in: not-member.",
                        Groups::unknown));
    }

    private static void create(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = alice.online("phone");
        String group = "g-" + alice.id();
        JsonNode made = ok(phone.call(
                "group.create",
                "{\"group\":\"" + group + "\",\"name\":\"Weekend\",\"members\":" + GroupCalls.ids(bob) + "}"));
        equal(group, made.path("group").asText(), "group");
        equal(1L, made.path("seq").asLong(), "seq");
        Arrived event = Expect.event("member", receiver.next());
        equal("g/" + group, event.conversation(), "conversation");
        equal(1L, event.seq(), "seq of the event");
        equal(alice.id(), event.from(), "author of the event");
        that(event.json().path("added").toString().contains(bob.id()), "the event does not name who was added");
        JsonNode info = ok(receiver.call("group.info", "{\"group\":\"" + group + "\"}"));
        equal("Weekend", info.path("name").asText(), "name");
        equal("member", info.path("role").asText(), "role of the other");
        equal(2, info.path("members").size(), "members");
        JsonNode mine = ok(phone.call("group.info", "{\"group\":\"" + group + "\"}"));
        equal("owner", mine.path("role").asText(), "role of the creator");
    }

    private static void id(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        String group = GroupCalls.create(phone);
        that(group.matches("[A-Za-z0-9_-]{1,64}"), "the server made the id '" + group + "'");
        error("exists", phone.call("group.create", "{\"group\":\"" + group + "\"}"));
    }

    private static void message(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        Person bob = stage.person();
        Person carol = stage.person();
        List<Device5> others = List.of(bob.online("phone"), carol.online("phone"));
        String group = GroupCalls.create(phone, bob, carol);
        long seq = phone.send("g/" + group, "hello all").stored();
        for (Device5 other : others) {
            Expect.event("member", other.next());
            Arrived arrived = Expect.message("hello all", other.next());
            equal("g/" + group, arrived.conversation(), "conversation");
            equal(seq, arrived.seq(), "seq");
            equal(alice.id(), arrived.from(), "author");
        }
    }

    private static void add(Stage stage) throws Exception {
        Person bob = stage.person();
        Person carol = stage.person();
        Device5 phone = stage.person().online("phone");
        Device5 member = bob.online("phone");
        Device5 late = carol.online("phone");
        String group = GroupCalls.create(phone, bob);
        phone.send("g/" + group, "before").stored();
        JsonNode added = ok(GroupCalls.change(phone, "group.add", group, carol));
        equal("[\"" + carol.id() + "\"]", added.path("added").toString(), "added");
        phone.send("g/" + group, "after").stored();
        Expect.event("member", member.next());
        Expect.message("before", member.next());
        Expect.event("member", member.next());
        equal(added.path("seq").asLong(), Expect.event("member", late.next()).seq(), "seq of joining");
        Expect.message("after", late.next());
        equal(
                "[]",
                ok(GroupCalls.change(phone, "group.add", group, carol))
                        .path("added")
                        .toString(),
                "added again");
    }

    private static void addRight(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 member = bob.online("phone");
        String group = GroupCalls.create(stage.person().online("phone"), bob);
        error("not-allowed", GroupCalls.change(member, "group.add", group, stage.person()));
    }

    private static void unknown(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        String closed = GroupCalls.create(stage.person().online("phone"));
        for (String group : List.of(closed, "none-" + alice.id())) {
            error("not-member", phone.call("group.info", "{\"group\":\"" + group + "\"}"));
            error("not-member", phone.call("history", "{\"conv\":\"g/" + group + "\"}"));
        }
    }
}
