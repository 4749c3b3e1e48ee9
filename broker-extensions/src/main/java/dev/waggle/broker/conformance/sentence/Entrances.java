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
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** Who comes into a group and who does not, and how it is handed over or ends. */
final class Entrances {

    private Entrances() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "group-decline",
                        8,
                        "Who declines an invitation is told of, and cannot join on it any more: not-member.",
                        Entrances::decline),
                new Check(
                        "group-request",
                        9,
                        "Where join is approval, group.join waits until group.add says yes.",
                        Entrances::request),
                new Check("group-refuse", 8, "Whose request is refused is told, and stays outside.", Entrances::refuse),
                new Check("group-unban", 8, "Who is unbanned can be added again.", Entrances::unban),
                new Check(
                        "group-transfer",
                        8,
                        "The last owner cannot step down; with another owner it can, and leads no more.",
                        Entrances::transfer),
                new Check(
                        "group-delete-away",
                        8,
                        "What waits of a group that is dissolved is withheld: a gap, then the event.",
                        Entrances::deleteAway));
    }

    private static JsonNode about(Device5 caller, String method, String group, String more) throws Exception {
        return caller.call(method, "{\"group\":\"" + group + "\"" + more + "}");
    }

    private static String user(Person person) {
        return ",\"user\":\"" + person.id() + "\"";
    }

    private static String users(Person person) {
        return ",\"users\":" + GroupCalls.ids(person);
    }

    /** The next event must say of this person what it became. */
    private static void told(Device5 device, String what, Person of) throws Exception {
        JsonNode event = Expect.event("member", device.next()).json();
        equal(GroupCalls.ids(of), event.path(what).toString(), what + " in " + event);
    }

    private static void decline(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 invited = bob.online("phone");
        String group = GroupCalls.create(owner);
        ok(about(owner, "group.invite", group, users(bob)));
        told(invited, "invited", bob);
        ok(about(invited, "group.decline", group, ""));
        told(owner, "declined", bob);
        error("not-member", about(invited, "group.join", group, ""));
    }

    private static void request(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 asking = bob.online("phone");
        String group = GroupCalls.create(owner);
        error("not-member", about(asking, "group.join", group, ""));
        ok(about(owner, "group.update", group, ",\"join\":\"approval\""));
        equal(false, ok(about(asking, "group.join", group, "")).path("joined").asBoolean(true), "joined");
        told(owner, "requested", bob);
        error("not-member", about(asking, "group.info", group, ""));
        ok(about(owner, "group.add", group, users(bob)));
        told(asking, "added", bob);
        asking.send("g/" + group, "thank you").stored();
    }

    private static void refuse(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 asking = bob.online("phone");
        String group = ok(owner.call("group.create", "{\"join\":\"approval\"}"))
                .path("group")
                .asText();
        ok(about(asking, "group.join", group, ""));
        JsonNode answer = ok(about(owner, "group.refuse", group, users(bob)));
        equal(GroupCalls.ids(bob), answer.path("refused").toString(), "refused");
        told(asking, "refused", bob);
        error("not-member", about(asking, "group.info", group, ""));
        that(!about(owner, "group.info", group, "").toString().contains(bob.id()), "the request waits on");
    }

    private static void unban(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        String group = GroupCalls.create(owner);
        ok(about(owner, "group.ban", group, user(bob)));
        error("not-allowed", about(owner, "group.add", group, users(bob)));
        ok(about(owner, "group.unban", group, user(bob)));
        ok(about(owner, "group.add", group, users(bob)));
        told(receiver, "added", bob);
    }

    private static void transfer(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 owner = alice.online("phone");
        Device5 heir = bob.online("phone");
        String group = GroupCalls.create(owner, bob);
        String down = user(alice) + ",\"role\":\"member\"";
        error("not-allowed", about(owner, "group.role", group, down));
        ok(about(owner, "group.role", group, user(bob) + ",\"role\":\"owner\""));
        ok(about(owner, "group.role", group, down));
        error("not-allowed", about(owner, "group.update", group, ",\"name\":\"Mine\""));
        ok(about(heir, "group.update", group, ",\"name\":\"Ours\""));
    }

    private static void deleteAway(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 owner = stage.person().online("phone");
        Device5 receiver = bob.online("phone");
        String group = GroupCalls.create(owner, bob);
        Expect.event("member", receiver.next());
        receiver.leave();
        long unseen = owner.send("g/" + group, "unseen").stored();
        ok(about(owner, "group.delete", group, ""));
        Person.back(receiver);
        Expect.gap("g/" + group, unseen, unseen, receiver.next());
        equal(
                true,
                Expect.event("member", receiver.next()).json().path("dissolved").asBoolean(),
                "dissolved");
        error("not-member", receiver.call("history", "{\"conv\":\"g/" + group + "\"}"));
    }
}
