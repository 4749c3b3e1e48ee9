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
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.util.List;

/** What is never kept: now, and presence. */
final class Ephemerals {

    private Ephemerals() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "now-reaches-who-is-here",
                        4,
                        "now comes to who is here, at QoS 0, and to nobody who comes later.",
                        Ephemerals::now),
                new Check("now-too-large", 4, "now has at most 1 KiB: 0x97.", Ephemerals::tooLarge),
                new Check(
                        "presence-watch",
                        8,
                        "presence.watch tells who is here, and then what changes.",
                        Ephemerals::watch),
                new Check(
                        "presence-hidden",
                        8,
                        "me.settings presence false: nobody is told whether one is here.",
                        Ephemerals::hidden));
    }

    private static void now(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        phone.send(bob.chat(), "hello").stored();
        Device5 receiver = bob.online("phone");
        Expect.message("hello", receiver.next());
        equal(
                0,
                phone.publish(phone.topic("now/" + bob.chat()), Packets5.message("typing"))
                        .code(),
                "reason code");
        Arrived now = receiver.next("now");
        equal("typing", now.text(), "payload");
        equal(0, now.qos(), "QoS");
        Device5 later = bob.online("tablet");
        phone.send(bob.chat(), "fence").stored();
        Expect.message("fence", later.next());
        that(later.here("now").isEmpty(), "an ephemeral was kept");
    }

    private static void tooLarge(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "hello").stored();
        refused(
                0x97,
                phone.publish(phone.topic("now/" + bob.chat()), Packets5.message("x".repeat(1_025))),
                "an ephemeral of 1,025 bytes");
    }

    private static JsonNode watch(Device5 phone, Person other) throws Exception {
        return ok(phone.call("presence.watch", "{\"users\":[\"" + other.id() + "\"],\"seconds\":60}"))
                .path("users");
    }

    private static void watch(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "hello").stored();
        Device5 other = bob.online("phone");
        equal("active", watch(phone, bob).path(0).path("state").asText(), "state in the answer");
        equal(0, other.publish(other.topic("state"), Packets5.message("away")).code(), "reason code");
        equal("away", phone.next("presence").json().path("state").asText(), "state that is told");
    }

    private static void hidden(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        phone.send(bob.chat(), "hello").stored();
        Device5 other = bob.online("phone");
        ok(other.call("me.settings", "{\"presence\":false}"));
        equal(0, watch(phone, bob).size(), "users in the answer");
    }
}
