package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.error;
import static dev.waggle.broker.conformance.Expect.ok;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** Conversations that are not to ring. */
final class Mutes {
    private static final long FOR_EVER = 253_402_300_799_999L;

    private Mutes() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "mute-mine",
                        8,
                        "mute is told to one's other devices on mine, and shown in inbox until it ends.",
                        Mutes::mine),
                new Check("mute-not-member", 8, "A group that one is not in: not-member.", Mutes::notMember));
    }

    private static void mine(Stage stage) throws Exception {
        Person bob = stage.person();
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        Device5 laptop = alice.online("laptop");
        phone.send(bob.chat(), "hello").stored();
        JsonNode muted = ok(phone.call(
                "mute", "{\"conv\":\"" + bob.chat() + "\",\"until\":" + FOR_EVER + ",\"level\":\"mentions\"}"));
        equal(FOR_EVER, muted.path("mutedUntil").asLong(), "mutedUntil");
        equal("mentions", muted.path("level").asText(), "level");
        Arrived told = laptop.next("mine");
        equal(bob.chat(), told.conversation(), "conversation of mine");
        equal(FOR_EVER, told.json().path("mutedUntil").asLong(), "mutedUntil of mine");
        equal("mentions", told.json().path("level").asText(), "level of mine");
        equal(FOR_EVER, line(phone).path("mutedUntil").asLong(), "mutedUntil in inbox");
        ok(phone.call("mute", "{\"conv\":\"" + bob.chat() + "\",\"seconds\":0}"));
        equal(0L, line(phone).path("mutedUntil").asLong(), "mutedUntil in inbox after its end");
    }

    private static JsonNode line(Device5 phone) throws Exception {
        return ok(phone.call("inbox", "{}")).path("conversations").path(0);
    }

    private static void notMember(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        error("not-member", phone.call("mute", "{\"conv\":\"g/strangers\",\"seconds\":60}"));
    }
}
