package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.error;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.refused;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** What becomes of a group and its members. */
final class GroupChanges {

    private GroupChanges() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "group-update",
                        9,
                        "group.update is a meta event with what is different; a plain member may not: not-allowed.",
                        GroupChanges::update),
                new Check("group-role", 9, "Who is made an admin may change the name.", GroupChanges::role),
                new Check("group-mute", 8, "Who is muted may not send until it ends: 0x87.", GroupChanges::mute),
                new Check(
                        "group-ban",
                        8,
                        "Who is banned is removed and cannot be added: not-allowed.",
                        GroupChanges::ban),
                new Check(
                        "group-invite",
                        8,
                        "Who is invited is told, joins, and gets what follows.",
                        GroupChanges::invite),
                new Check(
                        "group-delete",
                        8,
                        "group.delete tells all members that it is dissolved; nobody sends there any more: 0x87.",
                        GroupChanges::delete));
    }

    /** A group of the two, whose first event both have seen. */
    private static String group(Device5 owner, Person member, Device5 receiver) throws Exception {
        String group = ok(owner.call("group.create", "{\"members\":[\"" + member.id() + "\"]}"))
                .path("group")
                .asText();
        Expect.event("member", receiver.next());
        return group;
    }

    private static JsonNode about(Device5 caller, String method, String group, String more) throws Exception {
        return caller.call(method, "{\"group\":\"" + group + "\"" + more + "}");
    }

    private static String user(Person person) {
        return ",\"user\":\"" + person.id() + "\"";
    }

    private static void update(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        String group = group(owner, bob, receiver);
        error("not-allowed", about(receiver, "group.update", group, ",\"name\":\"Mine\""));
        ok(about(owner, "group.update", group, ",\"name\":\"Weekend\""));
        equal(
                "Weekend",
                Expect.event("meta", receiver.next()).json().path("name").asText(),
                "name");
    }

    private static void role(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        String group = group(owner, bob, receiver);
        ok(about(owner, "group.role", group, user(bob) + ",\"role\":\"admin\""));
        equal(
                "admin",
                Expect.event("member", receiver.next())
                        .json()
                        .path("role")
                        .path(bob.id())
                        .asText(),
                "role that is told");
        ok(about(receiver, "group.update", group, ",\"name\":\"Weekend\""));
    }

    private static void mute(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        String group = group(owner, bob, receiver);
        ok(about(owner, "group.mute", group, user(bob) + ",\"seconds\":600"));
        refused(0x87, receiver.send("g/" + group, "hello"), "a message of who is muted");
        ok(about(owner, "group.mute", group, user(bob) + ",\"seconds\":0"));
        receiver.send("g/" + group, "hello").stored();
    }

    private static void ban(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        String group = group(owner, bob, receiver);
        ok(about(owner, "group.ban", group, user(bob)));
        refused(0x87, receiver.send("g/" + group, "hello"), "a message of who is banned");
        error("not-allowed", about(owner, "group.add", group, ",\"users\":[\"" + bob.id() + "\"]"));
    }

    private static void invite(Stage stage) throws Exception {
        Person bob = stage.person();
        Person carol = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        Device5 invited = carol.online("phone");
        String group = group(owner, bob, receiver);
        ok(about(owner, "group.invite", group, ",\"users\":[\"" + carol.id() + "\"]"));
        Expect.event("member", invited.next());
        equal(true, ok(about(invited, "group.join", group, "")).path("joined").asBoolean(), "joined");
        owner.send("g/" + group, "welcome").stored();
        while (!"in".equals(invited.next().kind())) {
            continue; // the events of joining come first
        }
    }

    private static void delete(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        String group = group(owner, bob, receiver);
        ok(about(owner, "group.delete", group, ""));
        equal(
                true,
                Expect.event("member", receiver.next()).json().path("dissolved").asBoolean(),
                "dissolved");
        refused(0x87, owner.send("g/" + group, "hello"), "a message to a group that is dissolved");
    }
}
