package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.that;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import java.util.ArrayList;
import java.util.List;

/** The list of conversations. */
final class Inboxes {

    private Inboxes() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "inbox-conversations",
                        8,
                        "inbox tells each conversation with its last seq and how many messages of others are unread.",
                        Inboxes::inbox),
                new Check("inbox-pages", 8, "inbox pages by limit, next and after.", Inboxes::inboxPages),
                new Check(
                        "inbox-changed-since",
                        8,
                        "changedSince leaves out what did not change.",
                        Inboxes::changedSince));
    }

    private static void inbox(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 receiver = bob.online("phone");
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "one").stored();
        phone.send(bob.chat(), "two").stored();
        receiver.send(alice.chat(), "three").stored();
        JsonNode all = ok(receiver.call("inbox", "{}")).path("conversations");
        equal(1, all.size(), "conversations");
        equal(alice.chat(), all.path(0).path("conv").asText(), "conv");
        equal(3L, all.path(0).path("last").asLong(), "last");
        equal(2L, all.path(0).path("unread").asLong(), "unread");
    }

    private static void inboxPages(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        List<String> talked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Person peer = stage.person();
            phone.send(peer.chat(), "hello").stored();
            talked.add(peer.chat());
        }
        List<String> told = new ArrayList<>();
        String after = "";
        for (int page = 0; page < 3; page++) {
            JsonNode answer = ok(phone.call("inbox", "{\"limit\":1" + after + "}"));
            equal(1, answer.path("conversations").size(), "conversations on a page of one");
            told.add(answer.path("conversations").path(0).path("conv").asText());
            after = ",\"after\":" + answer.path("next");
        }
        that(told.containsAll(talked), "the pages have " + told + " instead of " + talked);
    }

    private static void changedSince(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "hello").stored();
        long time = ok(phone.call("inbox", "{}"))
                .path("conversations")
                .path(0)
                .path("lastTs")
                .asLong();
        that(time > 1_500_000_000_000L, "lastTs is not in Unix milliseconds: " + time);
        JsonNode later = ok(phone.call("inbox", "{\"changedSince\":" + (time + 1) + "}"));
        equal(0, later.path("conversations").size(), "conversations changed after the last message");
    }
}
