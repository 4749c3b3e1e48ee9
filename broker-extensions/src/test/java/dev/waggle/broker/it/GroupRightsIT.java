package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.spec.message.GroupRight;
import dev.waggle.spec.message.MemberRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cell of the published table of rights, from outside: each role tries everything that each right stands for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupRightsIT {
    private TestBroker broker;
    private GroupDevice owner;
    private GroupDevice actor;
    private GroupDevice asks;
    private int groups;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(data);
        owner = new GroupDevice(broker, "olga");
        actor = new GroupDevice(broker, "actor");
        asks = new GroupDevice(broker, "asks");
    }

    @AfterAll
    void stop() throws Exception {
        owner.close();
        actor.close();
        asks.close();
        broker.close();
    }

    /** Something to try: {@code method json}, or the text of a message. */
    private record Attempt(String method, String json) {}

    @ParameterizedTest
    @EnumSource
    void eachRight_isGivenToItsRolesAndToNoOther(GroupRight right) throws Exception {
        for (MemberRole role : MemberRole.values()) {
            for (Attempt attempt : attempts(right)) {
                String group = group(role);
                boolean done = tried(attempt, group);
                assertThat(done).as("%s as %s", attempt, role.code()).isEqualTo(right.has(role));
            }
        }
    }

    /** True if it was done; a refusal must be {@code not-allowed}. */
    private boolean tried(Attempt attempt, String group) throws Exception {
        if (attempt.method.equals("send")) {
            Device5.Sent sent = actor.device.send("g/" + group, attempt.json);
            assertThat(sent.reasonCode()).isIn(0, 0x87);
            return sent.reasonCode() == 0;
        }
        JsonNode answer = actor.call(attempt.method, attempt.json.formatted(group));
        if (attempt.method.equals("group.info") && attempt.json.contains("1000")) {
            return answer.has("banned") && answer.has("requests");
        }
        if (answer.has("error")) {
            assertThat(answer.path("error").path("code").asText())
                    .as(attempt.method)
                    .isEqualTo("not-allowed");
        }
        return !answer.has("error");
    }

    private String group(MemberRole role) throws Exception {
        String group = "rights" + ++groups;
        owner.done(
                "group.create",
                "{\"group\":\"%s\",\"join\":\"approval\",\"members\":[\"actor\",\"adam\",\"mary\",\"guy\"]}"
                        .formatted(group));
        assertThat(owner.device.send("g/" + group, "seq 2").seq()).isEqualTo(2);
        assertThat(actor.device.send("g/" + group, "seq 3").seq()).isEqualTo(3);
        role(group, "adam", MemberRole.ADMIN);
        role(group, "guy", MemberRole.GUEST);
        asks.done("group.join", "{\"group\":\"%s\"}".formatted(group));
        owner.done("group.ban", "{\"group\":\"%s\",\"user\":\"out\"}".formatted(group));
        if (role != MemberRole.MEMBER) {
            role(group, "actor", role);
        }
        return group;
    }

    private void role(String group, String user, MemberRole role) throws Exception {
        owner.done(
                "group.role", "{\"group\":\"%s\",\"user\":\"%s\",\"role\":\"%s\"}".formatted(group, user, role.code()));
    }

    private static List<Attempt> attempts(GroupRight right) {
        return switch (right) {
            case READ -> List.of(of("group.info", ""), new Attempt("history", "{\"conv\":\"g/%s\"}"));
            case SEND ->
                List.of(
                        new Attempt("send", "hello"),
                        new Attempt("message.edit", "{\"conv\":\"g/%s\",\"seq\":3,\"body\":\"new\"}"));
            case LEAVE -> List.of(of("group.leave", ""));
            case ADD ->
                List.of(
                        of("group.add", ",\"users\":[\"new\"]"),
                        of("group.add", ",\"users\":[\"asks\"]"),
                        of("group.refuse", ",\"users\":[\"asks\"]"));
            case INVITE -> List.of(of("group.invite", ",\"users\":[\"new\"]"));
            case BAR ->
                List.of(
                        of("group.info", ",\"limit\":1000"),
                        of("group.ban", ",\"user\":\"new\""),
                        of("group.unban", ",\"user\":\"out\""));
            case SUPERVISE_GUEST -> against("guy");
            case SUPERVISE_MEMBER -> against("mary");
            case SUPERVISE_ADMIN -> against("adam");
            case SUPERVISE_OWNER -> against("olga");
            case ERASE ->
                List.of(new Attempt("message.delete", "{\"conv\":\"g/%s\",\"seqs\":[[2,2]],\"for\":\"all\"}"));
            case DESCRIBE ->
                List.of(
                        of("group.update", ",\"name\":\"new\""),
                        of("group.update", ",\"topic\":\"new\""),
                        of("group.update", ",\"picture\":\"new\""));
            case ADMIT -> List.of(of("group.update", ",\"join\":\"open\""), of("group.update", ",\"history\":\"all\""));
            case SEAT ->
                List.of(
                        of("group.role", ",\"user\":\"mary\",\"role\":\"guest\""),
                        of("group.role", ",\"user\":\"guy\",\"role\":\"member\""));
            case RANK ->
                List.of(
                        of("group.role", ",\"user\":\"mary\",\"role\":\"admin\""),
                        of("group.role", ",\"user\":\"mary\",\"role\":\"owner\""),
                        of("group.role", ",\"user\":\"adam\",\"role\":\"member\""));
            case DISSOLVE -> List.of(of("group.delete", ""));
        };
    }

    private static List<Attempt> against(String user) {
        return List.of(
                of("group.remove", ",\"users\":[\"" + user + "\"]"),
                of("group.ban", ",\"user\":\"" + user + "\""),
                of("group.mute", ",\"user\":\"" + user + "\",\"seconds\":60"));
    }

    private static Attempt of(String method, String fields) {
        return new Attempt(method, "{\"group\":\"%s\"" + fields + "}");
    }
}
