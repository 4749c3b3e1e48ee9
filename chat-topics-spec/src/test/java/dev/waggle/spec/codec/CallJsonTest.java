package dev.waggle.spec.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallMethod;
import dev.waggle.spec.call.CallRequest;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Standings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final GroupId TEAM = new GroupId("team");

    @Test
    void readRequest_allMethods_giveTheirFields() {
        assertThat(read("group.create", "{'group':'team','name':'The Team','members':['bob','alice']}"))
                .isEqualTo(new CallRequest.GroupCreate(TEAM, GroupPatch.named("The Team"), List.of(BOB, ALICE)));
        assertThat(read("group.create", "{}")).isEqualTo(new CallRequest.GroupCreate(null, GroupPatch.NONE, List.of()));
        assertThat(read("group.add", "{'group':'team','users':['bob']}"))
                .isEqualTo(new CallRequest.GroupAdd(TEAM, List.of(BOB)));
        assertThat(read("group.remove", "{'group':'team','users':['bob']}"))
                .isEqualTo(new CallRequest.GroupRemove(TEAM, List.of(BOB)));
        assertThat(read("group.leave", "{'group':'team'}")).isEqualTo(new CallRequest.GroupLeave(TEAM));
        assertThat(read("group.info", "{'group':'team'}")).isEqualTo(new CallRequest.GroupInfo(TEAM, null, 1_000));
        assertThat(read("group.info", "{'group':'team','after':'bob','limit':2}"))
                .isEqualTo(new CallRequest.GroupInfo(TEAM, BOB, 2));
        readRequest_groups();
        assertThat(read("inbox", "{}")).isEqualTo(new CallRequest.Inbox(null, null, 200));
        assertThat(read("inbox", "{'changedSince':1,'after':'d/bob','limit':1000}"))
                .isEqualTo(new CallRequest.Inbox(1L, new ConversationName.Peer(BOB), 1_000));
        assertThat(read("history", "{'conv':'g/team'}"))
                .isEqualTo(new CallRequest.History(new ConversationName.InGroup(TEAM), null, null, null, null, 50));
        assertThat(read("history", "{'conv':'d/bob','before':7,'limit':200}"))
                .isEqualTo(new CallRequest.History(new ConversationName.Peer(BOB), 7L, null, null, null, 200));
        assertThat(read("history", "{'conv':'d/bob','after':0}"))
                .isEqualTo(new CallRequest.History(new ConversationName.Peer(BOB), null, 0L, null, null, 50));
        assertThat(read("me", "")).isEqualTo(new CallRequest.Me());
        assertThat(read("me", "{'x':null}".replace("'x':null", ""))).isEqualTo(new CallRequest.Me());
    }

    private static void readRequest_groups() {
        assertThat(read("group.create", "{'topic':'t','picture':'p','join':'open','history':'all'}"))
                .isEqualTo(new CallRequest.GroupCreate(
                        null, new GroupPatch(null, "t", "p", JoinPolicy.OPEN, HistoryPolicy.ALL), List.of()));
        assertThat(read("group.update", "{'group':'team','name':'N','topic':''}"))
                .isEqualTo(new CallRequest.GroupUpdate(TEAM, new GroupPatch("N", "", null, null, null)));
        assertThat(read("group.role", "{'group':'team','user':'bob','role':'guest'}"))
                .isEqualTo(new CallRequest.GroupRole(TEAM, BOB, MemberRole.GUEST));
        assertThat(read("group.ban", "{'group':'team','user':'bob'}"))
                .isEqualTo(new CallRequest.GroupBan(TEAM, BOB, true));
        assertThat(read("group.unban", "{'group':'team','user':'bob'}"))
                .isEqualTo(new CallRequest.GroupBan(TEAM, BOB, false));
        assertThat(read("group.mute", "{'group':'team','user':'bob','seconds':60}"))
                .isEqualTo(new CallRequest.GroupMute(TEAM, BOB, 60));
        assertThat(read("group.invite", "{'group':'team','users':['bob']}"))
                .isEqualTo(new CallRequest.GroupInvite(TEAM, List.of(BOB)));
        assertThat(read("group.refuse", "{'group':'team','users':['bob']}"))
                .isEqualTo(new CallRequest.GroupRefuse(TEAM, List.of(BOB)));
        assertThat(read("group.join", "{'group':'team'}")).isEqualTo(new CallRequest.GroupJoin(TEAM));
        assertThat(read("group.decline", "{'group':'team'}")).isEqualTo(new CallRequest.GroupDecline(TEAM));
        assertThat(read("group.delete", "{'group':'team'}")).isEqualTo(new CallRequest.GroupDelete(TEAM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "group.add    | {'users':['bob']}                    | group is missing",
                "group.add    | {'group':'team'}                     | users is missing",
                "group.add    | {'group':'team','users':[]}          | users must be an array of 1…1000 user ids",
                "group.add    | {'group':'team','users':'bob'}       | users must be an array",
                "group.add    | {'group':'team','users':[1]}         | users must contain texts",
                "group.add    | {'group':'team','users':['a/b']}     | user id must match [A-Za-z0-9_-]{1,64}",
                "group.add    | {'group':'team','users':['b','b']}   | users names a user twice",
                "group.add    | {'group':'team','user':['b']}        | unknown field \"user\"; allowed: group, users",
                "group.add    | {'group':7,'users':['b']}            | group must be a text",
                "group.leave  | {'group':'a b'}                      | group: group id must match",
                "group.create | {'name':''}                          | 1…128 characters",
                "group.create | {'name':'a\\u0000'}                  | no control characters",
                "group.create | {'name':'a\\ud800'}                  | lone surrogates",
                "group.create | {'group':'team','group':'other'}     | no valid JSON",
                "group.create | {'topic':''}                         | topic has 1…512 characters",
                "group.create | {'join':'maybe'}                     | join is one of open, approval, invite, closed",
                "group.update | {'group':'team'}                     | say what is to change",
                "group.update | {'group':'team','history':'some'}    | history is one of joining, all",
                "group.role   | {'group':'team','user':'bob'}        | role is missing",
                "group.role   | {'group':'team','user':'bob','role':'king'} | role is one of owner, admin, member, guest",
                "group.ban    | {'group':'team'}                     | user is missing",
                "group.mute   | {'group':'team','user':'bob'}        | seconds is missing",
                "group.mute   | {'group':'team','user':'bob','seconds':31536001} | 0…31536000",
                "history      | {}                                   | conv is missing",
                "history      | {'conv':'bob'}                       | d/{user} or g/{group}",
                "history      | {'conv':'d/bob','before':1,'after':2}| give one of before, after, beforeTs, afterTs",
                "history      | {'conv':'d/bob','limit':201}         | limit must be an integer of 1…200",
                "history      | {'conv':'d/bob','limit':0}           | 1…200",
                "history      | {'conv':'d/bob','limit':1.5}         | 1…200",
                "history      | {'conv':'d/bob','limit':'5'}         | 1…200",
                "history      | {'conv':'d/bob','before':99999999999999999999} | before must be an integer",
                "history      | {'conv':'d/bob','before':-1}         | before must be an integer",
                "me           | {'a':1}                              | unknown field \"a\"; it takes none",
                "me           | {'a b':1}                            | unknown field; it takes none",
                "me           | []                                   | must be one JSON object",
                "me           | null                                 | must be one JSON object",
                "me           | {} {}                                | no valid JSON",
                "me           | {                                    | no valid JSON",
                "inbox        | {'changedSince':'x'}                 | changedSince must be an integer",
                "inbox        | {'after':'d/'}                       | after: user id must match",
            })
    void readRequest_wrong_saysWhatAndWhatIsAllowed(String method, String json, String reason) {
        Rejection rejection = refused(method, json);
        assertThat(rejection.message())
                .startsWith(reason.contains("JSON") ? "the payload" : method)
                .contains(reason);
        assertThat(rejection.refusal()).isEqualTo(Refusal.BAD_REQUEST);
        assertThat(rejection.mqttReason()).isEqualTo(Rejection.PAYLOAD_FORMAT_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "", "group", "Me", "me ", "message"})
    void readRequest_unknownMethod_isNotFound(String method) {
        assertThat(refused(method, "{}").refusal()).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void readRequest_overTheLimits_isRefused() {
        assertThat(refused("me", "{'a':" + "[".repeat(9) + "]".repeat(9) + "}").message())
                .contains("depth 8");
        assertThat(refused("me", "{'" + "a".repeat(65) + "':1}").message()).contains("limit");
        assertThat(refused("me", "[".repeat(60_000)).message()).contains("limit");
        assertThat(refused("me", " ".repeat(JsonForm.MAX_BYTES + 1)).refusal()).isEqualTo(Refusal.TOO_LARGE);
        String ids = "'" + "a".repeat(60) + "%04d'";
        StringBuilder thousand = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            thousand.append(i == 0 ? "" : ",").append(String.format(ids, i));
        }
        assertThat(read("group.add", "{'group':'team','users':[" + thousand + "]}"))
                .isNotNull();
        assertThat(refused("group.add", "{'group':'team','users':[" + thousand + ",'bob']}")
                        .message())
                .contains("1…1000");
    }

    @ParameterizedTest
    @EnumSource(JsonForm.class)
    void readRequest_bothForms_areTheSame(JsonForm form) throws IOException {
        ObjectMapper mapper = form == JsonForm.CBOR ? CBOR : JSON;
        Bytes payload =
                Bytes.wrap(mapper.writeValueAsBytes(JSON.readTree("{\"conv\":\"d/bob\",\"after\":12,\"limit\":3}")));
        Answer<CallRequest> answer = CallJson.readRequest(CallMethod.HISTORY, payload, form);
        assertThat(answer)
                .isEqualTo(
                        Answer.of(new CallRequest.History(new ConversationName.Peer(BOB), null, 12L, null, null, 3)));
    }

    @Property(tries = 400)
    void readRequest_anyBytes_neverThrows(@ForAll byte[] bytes) {
        for (CallMethod method : CallMethod.values()) {
            for (JsonForm form : JsonForm.values()) {
                assertThat(CallJson.readRequest(method, Bytes.wrap(bytes), form))
                        .isNotNull();
            }
        }
    }

    /** Bytes that are nearly right go deeper than random ones. */
    @Property(tries = 200)
    void readRequest_damaged_neverThrows(@ForAll("requests") String json, @ForAll byte flip) throws IOException {
        byte[] cbor = CBOR.writeValueAsBytes(JSON.readTree(json));
        byte[] text = Bytes.utf8(json).shared();
        for (CallMethod method : CallMethod.values()) {
            damaged(method, cbor, flip, JsonForm.CBOR);
            damaged(method, text, flip, JsonForm.JSON);
        }
    }

    @Test
    void write_allResults_areAsTheContractSays() throws IOException {
        Member alice = new Member(ALICE, MemberRole.OWNER, 5, 1);
        Member bob = new Member(BOB, MemberRole.MEMBER, 6, 2);
        assertJson(new CallResult.GroupCreated(TEAM, 1), "{'group':'team','seq':1}");
        assertJson(new CallResult.GroupAdded(List.of(BOB), 2), "{'added':['bob'],'seq':2}");
        assertJson(new CallResult.GroupRemoved(List.of(BOB), 3), "{'removed':['bob'],'seq':3}");
        assertJson(new CallResult.GroupChanged(4), "{'seq':4}");
        assertJson(
                new CallResult.GroupInfo(
                        TEAM,
                        GroupSettings.USUAL.with(GroupPatch.named("T")),
                        MemberRole.OWNER,
                        List.of(alice, bob),
                        Standings.NONE,
                        BOB),
                "{'group':'team','name':'T','join':'invite','history':'joining','role':'owner','members':[{'user':'alice','role':'owner','since':5},"
                        + "{'user':'bob','role':'member','since':6}],'next':'bob'}");
        assertJson(
                new CallResult.Inbox(
                        List.of(new CallResult.Conversation(
                                new ConversationName.Peer(BOB), 9, 8, 7, 6, 5, 0, OwnSettings.Level.ALL)),
                        null),
                "{'conversations':[{'conv':'d/bob','last':9,'lastTs':8,'delivered':7,'read':6,'unread':5}]}");
        JsonNode me = json(new CallResult.Me(ALICE, new DeviceId("phone"), List.of("user"), 77, Limits.defaults(), 88));
        assertThat(me.get("user").asText()).isEqualTo("alice");
        assertThat(me.get("device").asText()).isEqualTo("phone");
        assertThat(me.get("roles").toString()).isEqualTo("[\"user\"]");
        assertThat(me.get("exp").asLong()).isEqualTo(77);
        assertThat(me.get("now").asLong()).isEqualTo(88);
        assertThat(me.get("limits").get("body").asInt()).isEqualTo(65_536);
        assertThat(me.get("limits").get("sessionExpirySeconds").asLong()).isEqualTo(2_592_000);
    }

    @Test
    void write_history_tellsTextFromBytesInBothForms() throws IOException {
        ConversationId conv = ConversationId.direct(ALICE, BOB);
        Event.LogEntry text = new Event.MessageStored(
                conv,
                1,
                5,
                Author.of(BOB),
                null,
                new MessageProperties("text/plain", true, 0, List.of()),
                Bytes.utf8("h\u00e9\0\ud83d\ude00"));
        Event.LogEntry bytes = new Event.MessageStored(
                conv, 2, 6, new Author(BOB, new UserId("bot")), null, MessageProperties.NONE, Bytes.wrap(new byte[] {
                    (byte) 0xED, (byte) 0xA0, (byte) 0x80
                }));
        Event.LogEntry members = new Event.MembersChanged(
                new ConversationId.Group(TEAM),
                3,
                7,
                Author.of(BOB),
                null,
                false,
                null,
                List.of(),
                List.of(ALICE),
                null);
        CallResult.History page = new CallResult.History(List.of(text, bytes, members), 1, 3, 1L);
        assertJson(
                page,
                "{'messages':[{'seq':1,'ts':5,'from':'bob','body':'h\u00e9\\u0000\ud83d\ude00','contentType':'text/plain'},"
                        + "{'seq':2,'ts':6,'from':'bob~bot','bodyBase64':'7aCA'},"
                        + "{'seq':3,'ts':7,'from':'bob','kind':'member','body':'{\\\"removed\\\":[\\\"alice\\\"]}'}],"
                        + "'first':1,'last':3,'next':1}");
        JsonNode cbor = CBOR.readTree(CallJson.write(page, JsonForm.CBOR).shared());
        assertThat(cbor.get("messages").get(0).get("body").asText()).isEqualTo("h\u00e9\0\ud83d\ude00");
        assertThat(cbor.get("messages").get(1).get("bodyBase64").isBinary()).isTrue();
        assertThat(cbor.get("messages").get(1).get("bodyBase64").binaryValue()).hasSize(3);
    }

    @Property
    void write_anyRefusal_isReadAsTheSame(@ForAll Refusal refusal, @ForAll String message) {
        for (JsonForm form : JsonForm.values()) {
            Bytes error = CallJson.write(Rejection.of(refusal, message), form);
            PayloadJson.Problem problem = PayloadJson.readError(error, form).get();
            assertThat(PayloadJson.refusal(problem.code())).isEqualTo(refusal);
            assertThat(problem.message()).isEqualTo(JsonObjects.wellFormed(message));
        }
    }

    @Property(tries = 100)
    void write_anyHistory_isValid(@ForAll("entries") List<Event.LogEntry> entries) throws IOException {
        CallResult.History page = new CallResult.History(entries, 0, 0, null);
        assertThat(json(page).get("messages")).hasSize(entries.size());
        assertThat(CBOR.readTree(CallJson.write(page, JsonForm.CBOR).shared()).get("messages"))
                .hasSize(entries.size());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, JSON",
                "application/json, JSON",
                "text/plain, JSON",
                "'', JSON",
                "application/cbor, CBOR",
                "Application/CBOR, CBOR",
                "application/cbor; x=y, CBOR",
                "application/cbor-seq, JSON"
            })
    void of_contentType_isTheForm(String contentType, JsonForm form) {
        assertThat(JsonForm.of(contentType)).isEqualTo(form);
    }

    @Provide
    Arbitrary<String> requests() {
        return Arbitraries.of(
                "{\"group\":\"team\",\"users\":[\"bob\",\"carol\"]}",
                "{\"group\":\"team\",\"name\":\"The \u00e9 Team\",\"members\":[]}",
                "{\"conv\":\"d/bob\",\"before\":70000,\"limit\":20}",
                "{\"changedSince\":1790000000000,\"after\":\"g/team\"}");
    }

    @Provide
    Arbitrary<List<Event.LogEntry>> entries() {
        return AnyMessage.entry().list().ofMaxSize(5);
    }

    private static void damaged(CallMethod method, byte[] bytes, byte flip, JsonForm form) {
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= flip;
            assertThat(CallJson.readRequest(method, Bytes.wrap(changed), form)).isNotNull();
            byte[] torn = Arrays.copyOf(bytes, i);
            assertThat(CallJson.readRequest(method, Bytes.wrap(torn), form)).isNotNull();
        }
    }

    private static CallRequest read(String method, String json) {
        Bytes payload = Bytes.utf8(json.replace('\'', '"'));
        return CallJson.readRequest(method, payload, JsonForm.JSON).fold(request -> request, rejection -> {
            throw new AssertionError(rejection.message());
        });
    }

    private static Rejection refused(String method, String json) {
        Bytes payload = Bytes.utf8(json.replace('\'', '"'));
        return CallJson.readRequest(method, payload, JsonForm.JSON)
                .fold(
                        request -> {
                            throw new AssertionError("accepted: " + request);
                        },
                        rejection -> rejection);
    }

    private static void assertJson(CallResult result, String expected) throws IOException {
        assertThat(json(result)).isEqualTo(JSON.readTree(expected.replace('\'', '"')));
        assertThat(CBOR.readTree(CallJson.write(result, JsonForm.CBOR).shared()).size())
                .isEqualTo(json(result).size());
    }

    private static JsonNode json(CallResult result) throws IOException {
        return JSON.readTree(CallJson.write(result, JsonForm.JSON).shared());
    }
}
