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
import dev.waggle.broker.conformance.device.Device3;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** Requests and their answers. */
final class Calls {

    private Calls() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "call-reply",
                        8,
                        "The answer comes on u/{me}/reply/{method}, with the id if the request had one; in 3.1.1 too.",
                        Calls::reply),
                new Check(
                        "call-response-topic",
                        8,
                        "Or on the Response Topic below u/{me}/reply/, with the Correlation Data.",
                        Calls::responseTopic),
                new Check(
                        "call-only-to-caller",
                        8,
                        "The answer goes only to the connection that asked.",
                        Calls::onlyCaller),
                new Check("call-unknown-method", 8, "An unknown method is not-found.", Calls::unknownMethod),
                new Check(
                        "call-unknown-field",
                        8,
                        "A field that the method does not know: bad-request, naming what is allowed; null counts as absent.",
                        Calls::unknownField),
                new Check(
                        "call-no-json",
                        8,
                        "What is no JSON, has a name twice or is too deep: bad-request.",
                        Calls::noJson),
                new Check("call-empty", 8, "An empty payload means {}.", Calls::empty),
                new Check(
                        "call-key",
                        8,
                        "A repeat with the same key gets the first answer; with another body: id-reused.",
                        Calls::key),
                new Check("call-me", 8, "me tells user, device, roles, limits and the time.", Calls::me));
    }

    private static void reply(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.online("phone");
        phone.publish(phone.topic("call/me"), Packets5.message("{}"));
        equal(phone.topic("reply/me"), phone.next("reply").topic(), "topic of the answer");
        phone.publish(phone.topic("call/me/req-7"), Packets5.message("{}"));
        equal(phone.topic("reply/me/req-7"), phone.next("reply").topic(), "topic of the answer");
        Device3 old = alice.online3("laptop");
        old.publish(old.topic("call/me/req-8"), "{}");
        Arrived answer = old.next("reply");
        equal(old.topic("reply/me/req-8"), answer.topic(), "topic of the answer in 3.1.1");
        equal(alice.id(), answer.json().path("user").asText(), "user");
    }

    private static void responseTopic(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        MqttMessage request = Packets5.message("{}");
        request.getProperties().setResponseTopic(phone.topic("reply/elsewhere"));
        request.getProperties().setCorrelationData("c-1".getBytes(StandardCharsets.UTF_8));
        phone.publish(phone.topic("call/me"), request);
        Arrived answer = phone.next("reply");
        equal(phone.topic("reply/elsewhere"), answer.topic(), "topic of the answer");
        equal("c-1", answer.properties().correlation(), "Correlation Data");
    }

    private static void onlyCaller(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 laptop = alice.online("laptop");
        Device5 phone = alice.online("phone");
        ok(phone.call("me", "{}"));
        phone.send(alice.chat(), "fence").stored();
        Expect.message("fence", laptop.next());
        that(laptop.here("reply").isEmpty(), "another device got the answer");
    }

    private static void unknownMethod(Stage stage) throws Exception {
        error("not-found", stage.person().online("phone").call("group.dance", "{}"));
    }

    private static void unknownField(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        JsonNode answer = phone.call("history", "{\"conv\":\"d/bob\",\"pages\":3}");
        error("bad-request", answer);
        String words = answer.path("error").path("message").asText();
        that(words.contains("pages") && words.contains("limit"), "the message names neither: " + words);
        ok(phone.call("history", "{\"conv\":\"d/bob\",\"limit\":null}"));
    }

    private static void noJson(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        for (String bad : List.of(
                "{",
                "[]",
                "7",
                "{\"conv\":\"d/a\",\"conv\":\"d/b\"}",
                "{\"conv\":" + "[".repeat(20) + "]".repeat(20) + "}")) {
            error("bad-request", phone.call("history", bad));
        }
    }

    private static void empty(Stage stage) throws Exception {
        Person alice = stage.person();
        equal(alice.id(), ok(alice.online("phone").call("me", "")).path("user").asText(), "user");
    }

    private static JsonNode withKey(Device5 phone, String method, String json) throws Exception {
        MqttMessage request = Packets5.message(json);
        request.getProperties().setCorrelationData("key-1".getBytes(StandardCharsets.UTF_8));
        phone.publish(phone.topic("call/" + method), request);
        return phone.next("reply").json();
    }

    private static void key(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        JsonNode first = ok(withKey(phone, "group.create", "{\"name\":\"Weekend\"}"));
        equal(first, withKey(phone, "group.create", "{\"name\":\"Weekend\"}"), "answer to the repeat");
        error("id-reused", withKey(phone, "group.create", "{\"name\":\"Workdays\"}"));
    }

    private static void me(Stage stage) throws Exception {
        Person alice = stage.person();
        JsonNode me = ok(alice.online("phone").call("me", "{}"));
        equal(alice.id(), me.path("user").asText(), "user");
        for (String field : List.of("device", "roles", "exp", "limits", "now")) {
            that(me.has(field), "me has no '" + field + "'");
        }
        long now = me.path("now").asLong();
        long exp = me.path("exp").asLong();
        that(now > 1_500_000_000_000L, "now is not in Unix milliseconds: " + now);
        that(exp > now / 1000 && exp < now, "exp is not in seconds, or over: " + exp);
    }
}
