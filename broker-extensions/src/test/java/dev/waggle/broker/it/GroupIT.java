package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The life of a group besides who comes and goes: settings, roles, mutes, what new members see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private TestBroker broker;
    private GroupDevice olga;
    private GroupDevice bob;
    private GroupDevice carol;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(data);
        olga = new GroupDevice(broker, "olga");
        bob = new GroupDevice(broker, "bob");
        carol = new GroupDevice(broker, "carol");
    }

    @AfterAll
    void stop() throws Exception {
        olga.close();
        bob.close();
        carol.close();
        broker.close();
    }

    private static String of(String group, String fields) {
        return "{\"group\":\"" + group + "\"" + fields + "}";
    }

    @Test
    void settings_areShown_andTheirChangesAreEvents() throws Exception {
        olga.done("group.create", of("set", ",\"name\":\"Trip\",\"topic\":\"where\",\"members\":[\"bob\"]"));
        assertThat(bob.heard("set", 1).get(0))
                .isEqualTo("member 1 {\"created\":true,\"name\":\"Trip\",\"topic\":\"where\","
                        + "\"added\":[\"bob\",\"olga\"],\"role\":{\"olga\":\"owner\"}}");
        String change = ",\"name\":\"Trip\",\"topic\":\"\",\"picture\":\"https://example.org/p\",\"join\":\"open\"";
        assertThat(olga.done("group.update", of("set", change)).path("seq").asLong())
                .isEqualTo(2);

        assertThat(bob.heard("set", 2).get(1))
                .isEqualTo("meta 2 {\"topic\":\"\",\"picture\":\"https://example.org/p\",\"join\":\"open\"}");
        JsonNode info = bob.done("group.info", of("set", ""));
        assertThat(info.path("name").asText()).isEqualTo("Trip");
        assertThat(info.has("topic")).isFalse();
        assertThat(info.path("picture").asText()).isEqualTo("https://example.org/p");
        assertThat(info.path("join").asText()).isEqualTo("open");
        assertThat(info.path("history").asText()).isEqualTo("joining");
        assertThat(olga.done("group.update", of("set", change)).path("seq").asLong())
                .as("what is so already is no event")
                .isEqualTo(2);
        assertThat(bob.done("history", "{\"conv\":\"g/set\"}")
                        .at("/messages/1/kind")
                        .asText())
                .isEqualTo("meta");
    }

    @Test
    void update_repeatedWithItsKey_isOneEvent_withAnotherBodyItIsRefused() throws Exception {
        olga.done("group.create", of("keys", ""));
        HttpCaller http = HttpCaller.of(broker, "olga");
        String first =
                http.call("group.update", of("keys", ",\"name\":\"A\""), "k").body();
        olga.done("group.update", of("keys", ",\"name\":\"B\""));

        assertThat(http.call("group.update", of("keys", ",\"name\":\"A\""), "k").body())
                .isEqualTo(first);
        assertThat(http.call("group.update", of("keys", ",\"name\":\"C\""), "k").error())
                .isEqualTo("id-reused");
        assertThat(http.call("group.mute", of("keys", ",\"user\":\"olga\",\"seconds\":1"), "k")
                        .error())
                .isEqualTo("id-reused");
        assertThat(olga.done("group.info", of("keys", "")).path("name").asText())
                .isEqualTo("B");
    }

    @Test
    void ownership_isHandedOver_theLastOwnerStays() throws Exception {
        olga.done("group.create", of("hand", ",\"members\":[\"bob\"]"));
        assertThat(olga.refusal("group.role", of("hand", ",\"user\":\"olga\",\"role\":\"member\"")))
                .isEqualTo("not-allowed");
        olga.done("group.role", of("hand", ",\"user\":\"bob\",\"role\":\"owner\""));
        olga.done("group.role", of("hand", ",\"user\":\"olga\",\"role\":\"member\""));

        assertThat(bob.heard("hand", 3))
                .endsWith("member 2 {\"role\":{\"bob\":\"owner\"}}", "member 3 {\"role\":{\"olga\":\"member\"}}");
        assertThat(olga.refusal("group.delete", of("hand", ""))).isEqualTo("not-allowed");
        bob.done("group.leave", of("hand", ""));
        assertThat(olga.heard("hand", 1)).contains("member 4 {\"left\":\"bob\",\"role\":{\"olga\":\"owner\"}}");
        olga.done("group.delete", of("hand", ""));
    }

    @Test
    void mute_refusesWithItsEnd_andIsOver() throws Exception {
        olga.done("group.create", of("mute", ",\"members\":[\"bob\",\"carol\"]"));
        olga.done("group.mute", of("mute", ",\"user\":\"bob\",\"seconds\":3600"));
        Device5.Sent refused = bob.device.send("g/mute", "hello");
        assertThat(refused.reasonCode()).isEqualTo(0x87);
        assertThat(refused.reason()).startsWith("you are muted in this group until 20");
        assertThat(bob.done("group.info", of("mute", "")).at("/muted/0/user").asText())
                .isEqualTo("bob");
        assertThat(carol.done("group.info", of("mute", "")).has("muted")).isFalse();
        assertThat(carol.device.send("g/mute", "hello").reasonCode()).isZero();

        olga.done("group.mute", of("mute", ",\"user\":\"bob\",\"seconds\":0"));
        assertThat(bob.device.send("g/mute", "hello").reasonCode()).isZero();
        olga.done("group.mute", of("mute", ",\"user\":\"bob\",\"seconds\":1"));
        assertThat(bob.device.send("g/mute", "hello").reasonCode()).isEqualTo(0x87);
        await().atMost(SOON)
                .until(() -> bob.device.send("g/mute", "hello again").reasonCode() == 0);
    }

    @Test
    void mutedDeviceOf311_isToldOnSent() throws Exception {
        olga.done("group.create", of("old", ",\"members\":[\"dora\"]"));
        olga.done("group.mute", of("old", ",\"user\":\"dora\",\"seconds\":3600"));
        try (Device3 dora = new Device3(broker, "dora", "phone").connect().subscribe()) {
            await().atMost(SOON)
                    .until(() -> dora.arrived.stream()
                            .anyMatch(one -> one.topic().startsWith("u/dora/ev/g/old/member/olga/2/")));
            dora.send("g/old/k1", "hello");
            await().atMost(SOON)
                    .until(() ->
                            dora.arrived.stream().anyMatch(one -> one.topic().equals("u/dora/sent/g/old/k1")));
            JsonNode sent = new ObjectMapper()
                    .readTree(dora.arrived.stream()
                            .filter(one -> one.topic().equals("u/dora/sent/g/old/k1"))
                            .findFirst()
                            .orElseThrow()
                            .text());
            assertThat(sent.path("refused").asText()).isEqualTo("not-allowed");
            assertThat(sent.path("reason").asText()).contains("muted");
        }
    }

    @Test
    void newMember_seesFromJoining_orAllIfTheGroupSaysSo() throws Exception {
        olga.done("group.create", of("past", ""));
        olga.device.send("g/past", "before");
        olga.done("group.add", of("past", ",\"users\":[\"carol\"]"));
        olga.device.send("g/past", "after");
        assertThat(carol.heard("past", 2)).hasSize(2).last().isEqualTo("in 4 after");
        JsonNode joining = carol.done("history", "{\"conv\":\"g/past\"}");
        assertThat(joining.path("first").asLong()).isEqualTo(3);
        assertThat(joining.path("messages")).hasSize(2);

        olga.done("group.update", of("past", ",\"history\":\"all\""));

        JsonNode all = carol.done("history", "{\"conv\":\"g/past\"}");
        assertThat(all.path("first").asLong()).isEqualTo(1);
        assertThat(all.at("/messages/1/body").asText()).isEqualTo("before");
        JsonNode inbox = carol.done("inbox", "{}");
        assertThat(inbox.path("conversations"))
                .anyMatch(line -> line.path("conv").asText().equals("g/past")
                        && line.path("unread").asInt() == 1);
        assertThat(carol.heard("past")).as("nothing older comes to the device").hasSize(3);
    }

    @Test
    void dissolvedGroup_takesNothingAndNobody() throws Exception {
        olga.done("group.create", of("end", ",\"join\":\"open\",\"members\":[\"bob\"]"));
        assertThat(olga.done("group.delete", of("end", "")).path("seq").asLong())
                .isEqualTo(2);

        assertThat(olga.device.send("g/end", "anyone?").reasonCode()).isEqualTo(0x87);
        assertThat(carol.refusal("group.join", of("end", ""))).isEqualTo("not-member");
        assertThat(olga.refusal("group.add", of("end", ",\"users\":[\"carol\"]")))
                .isEqualTo("not-member");
        assertThat(carol.refusal("group.create", of("end", ""))).isEqualTo("exists");
        assertThat(bob.done("inbox", "{}").path("conversations"))
                .noneMatch(line -> line.path("conv").asText().equals("g/end"));
    }
}
