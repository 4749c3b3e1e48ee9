package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.error;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.that;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.Packets5;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** The pages of a conversation's past. */
final class Histories {

    private Histories() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "history-newest",
                        8,
                        "history without before and after is the newest page, ascending by seq, with first and last.",
                        Histories::newest),
                new Check("history-before", 8, "before pages back to the beginning.", Histories::before),
                new Check("history-after", 8, "after pages forward to the end.", Histories::after),
                new Check(
                        "history-bodies",
                        8,
                        "A body that is UTF-8 comes as body, another as bodyBase64; Content Type as contentType.",
                        Histories::bodies),
                new Check("history-limit", 8, "limit is at most 200: bad-request above.", Histories::limit),
                new Check("history-expired", 8, "history leaves out what has expired.", Histories::expired),
                new Check(
                        "history-time",
                        8,
                        "beforeTs and afterTs find a place by time; two of the four together: bad-request.",
                        Histories::time));
    }

    private static Device5 talk(Stage stage, Person peer, int messages) throws Exception {
        Device5 phone = stage.person().online("phone");
        for (int i = 1; i <= messages; i++) {
            phone.send(peer.chat(), "m" + i).stored();
        }
        return phone;
    }

    private static JsonNode history(Device5 phone, Person peer, String more) throws Exception {
        return ok(phone.call("history", "{\"conv\":\"" + peer.chat() + "\"" + more + "}"));
    }

    private static List<Long> seqs(JsonNode page) {
        List<Long> seqs = new ArrayList<>();
        page.path("messages").forEach(one -> seqs.add(one.path("seq").asLong()));
        return seqs;
    }

    private static void newest(Stage stage) throws Exception {
        Person bob = stage.person();
        JsonNode page = history(talk(stage, bob, 7), bob, ",\"limit\":3");
        equal(List.of(5L, 6L, 7L), seqs(page), "seqs");
        equal(1L, page.path("first").asLong(), "first");
        equal(7L, page.path("last").asLong(), "last");
    }

    private static void before(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = talk(stage, bob, 7);
        JsonNode page = history(phone, bob, ",\"limit\":3");
        equal(List.of(5L, 6L, 7L), seqs(page), "seqs");
        page = history(
                phone, bob, ",\"limit\":3,\"before\":" + page.path("next").asLong());
        equal(List.of(2L, 3L, 4L), seqs(page), "seqs of the next page");
        page = history(
                phone, bob, ",\"limit\":3,\"before\":" + page.path("next").asLong());
        equal(List.of(1L), seqs(page), "seqs of the last page");
        that(!page.has("next"), "the last page has a next");
    }

    private static void after(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = talk(stage, bob, 5);
        JsonNode page = history(phone, bob, ",\"limit\":3,\"after\":0");
        equal(List.of(1L, 2L, 3L), seqs(page), "seqs");
        page = history(phone, bob, ",\"limit\":3,\"after\":" + page.path("next").asLong());
        equal(List.of(4L, 5L), seqs(page), "seqs of the next page");
        that(!page.has("next"), "the last page has a next");
    }

    private static void time(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = talk(stage, bob, 3);
        JsonNode all = history(phone, bob, "").path("messages");
        long first = all.path(0).path("ts").asLong();
        long last = all.path(2).path("ts").asLong();
        equal(
                List.of(1L, 2L, 3L),
                seqs(history(phone, bob, ",\"afterTs\":" + (first - 1))),
                "seqs after the beginning");
        equal(List.of(), seqs(history(phone, bob, ",\"afterTs\":" + last)), "seqs after the end");
        equal(List.of(1L, 2L, 3L), seqs(history(phone, bob, ",\"beforeTs\":" + (last + 1))), "seqs before the end");
        equal(List.of(), seqs(history(phone, bob, ",\"beforeTs\":" + first)), "seqs before the beginning");
        error("bad-request", phone.call("history", "{\"conv\":\"" + bob.chat() + "\",\"before\":2,\"afterTs\":1}"));
    }

    private static void bodies(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        Device5 phone = alice.online("phone");
        String topic = phone.topic("out/" + bob.chat());
        MqttMessage text = Packets5.message("grün");
        text.getProperties().setContentType("text/plain");
        phone.publish(topic, text).stored();
        byte[] binary = {(byte) 0xFF, 0};
        phone.publish(topic, new MqttMessage(binary, 1, false, new MqttProperties()))
                .stored();
        JsonNode messages = history(phone, bob, "").path("messages");
        equal("grün", messages.path(0).path("body").asText(), "body");
        equal("text/plain", messages.path(0).path("contentType").asText(), "contentType");
        equal(alice.id(), messages.path(0).path("from").asText(), "from");
        equal("/wA=", messages.path(1).path("bodyBase64").asText(), "bodyBase64");
        that(!messages.path(1).has("body"), "what is not UTF-8 has a body");
    }

    private static void limit(Stage stage) throws Exception {
        Device5 phone = stage.person().online("phone");
        error("bad-request", phone.call("history", "{\"conv\":\"d/bob\",\"limit\":201}"));
        ok(phone.call("history", "{\"conv\":\"d/bob\",\"limit\":200}"));
    }

    private static void expired(Stage stage) throws Exception {
        Person bob = stage.person();
        Device5 phone = stage.person().online("phone");
        MqttMessage brief = Packets5.message("brief");
        brief.getProperties().setMessageExpiryInterval(1L); // second
        phone.publish(phone.topic("out/" + bob.chat()), brief).stored();
        phone.send(bob.chat(), "lasting").stored();
        long until = System.nanoTime() + 4_000_000_000L;
        List<Long> seqs = seqs(history(phone, bob, ""));
        while (seqs.contains(1L) && System.nanoTime() < until) {
            seqs = seqs(history(phone, bob, ""));
        }
        equal(List.of(2L), seqs, "seqs after the expiry");
    }
}
