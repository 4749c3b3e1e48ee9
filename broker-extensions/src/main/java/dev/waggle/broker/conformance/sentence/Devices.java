package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.error;
import static dev.waggle.broker.conformance.Expect.ok;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** The caller's own devices. */
final class Devices {
    private Devices() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "device-list",
                        8,
                        "device.list tells the caller's devices, and which are connected and durable.",
                        Devices::list),
                new Check("device-forget", 8, "device.forget ends a device's place in the inbox.", Devices::forget),
                new Check(
                        "device-forget-itself",
                        8,
                        "The device that asks is not forgotten: not-allowed.",
                        Devices::itself));
    }

    private static void list(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        JsonNode device = ok(phone.call("device.list", "{}")).path("devices").path(0);
        equal("phone", device.path("device").asText(), "device");
        equal(true, device.path("online").asBoolean(), "online");
        equal(true, device.path("durable").asBoolean(), "durable");
    }

    private static void forget(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        alice.online("old").leave();
        JsonNode first = ok(phone.call("device.forget", "{\"device\":\"old\"}"));
        equal(true, first.path("forgotten").asBoolean(), "forgotten");
        JsonNode again = ok(phone.call("device.forget", "{\"device\":\"old\"}"));
        equal(false, again.path("forgotten").asBoolean(), "forgotten, the second time");
        equal(1, ok(phone.call("device.list", "{}")).path("devices").size(), "devices left");
    }

    private static void itself(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        error("not-allowed", phone.call("device.forget", "{\"device\":\"phone\"}"));
    }
}
