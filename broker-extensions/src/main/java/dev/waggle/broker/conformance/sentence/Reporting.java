package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.error;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.that;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import java.util.List;

/** Messages that moderators are to look at. */
final class Reporting {

    private Reporting() {}

    static List<Check> all() {
        return List.of(new Check(
                "report-message",
                8,
                "message.report answers with an id; what one does not see: not-found.",
                Reporting::report));
    }

    private static JsonNode report(Device5 phone, Person about, String seqs) throws Exception {
        return phone.call(
                "message.report", "{\"conv\":\"" + about.chat() + "\",\"seqs\":" + seqs + ",\"reason\":\"spam\"}");
    }

    private static void report(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        alice.online("phone").send(bob.chat(), "buy this").stored();
        Device5 receiver = bob.online("phone");
        String id = ok(report(receiver, alice, "[[1,1]]")).path("report").asText();
        that(!id.isEmpty(), "the answer names no report");
        error("not-found", report(receiver, alice, "[[2,3]]"));
    }
}
