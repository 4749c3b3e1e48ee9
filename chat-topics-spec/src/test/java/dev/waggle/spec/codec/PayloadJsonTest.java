package dev.waggle.spec.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Any;
import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadJsonTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");

    @Property
    void gap_thereAndBack_isTheSame(@ForAll("seqs") long one, @ForAll("seqs") long other) {
        PayloadJson.Gap gap = new PayloadJson.Gap(Math.min(one, other), Math.max(one, other));
        assertThat(PayloadJson.readGap(PayloadJson.gap(gap.from(), gap.to())).get())
                .isEqualTo(gap);
    }

    @Property
    void sent_thereAndBack_isTheSame(@ForAll("seqs") long seq, @ForAll("seqs") long ts) {
        assertThat(PayloadJson.readSent(PayloadJson.sent(seq, ts)).get())
                .isEqualTo(new PayloadJson.Sent.Stored(seq, ts));
    }

    @Property
    void refused_anyReason_isReadAsTheSame(@ForAll Refusal refusal, @ForAll String reason) {
        assertThat(PayloadJson.readSent(PayloadJson.refused(Rejection.of(refusal, reason)))
                        .get())
                .isEqualTo(new PayloadJson.Sent.Refused(refusal.code(), JsonObjects.wellFormed(reason)));
    }

    @Test
    void payloads_areAsTheContractSays() {
        assertThat(PayloadJson.gap(3, 9).asUtf8()).isEqualTo("{\"from\":3,\"to\":9}");
        assertThat(PayloadJson.sent(3, 9).asUtf8()).isEqualTo("{\"seq\":3,\"ts\":9}");
        assertThat(PayloadJson.refused(Rejection.of(Refusal.NOT_MEMBER, "no \"x\""))
                        .asUtf8())
                .isEqualTo("{\"refused\":\"not-member\",\"reason\":\"no \\\"x\\\"\"}");
    }

    @Test
    void member_creation_namesGroupMembersAndOwner() {
        Event.MembersChanged created = change(
                1,
                true,
                "Team",
                List.of(new Member(ALICE, MemberRole.OWNER, 5, 1), new Member(BOB, MemberRole.MEMBER, 5, 1)),
                List.of(),
                null);
        assertThat(GroupJson.member(created).asUtf8())
                .isEqualTo("{\"created\":true,\"name\":\"Team\",\"added\":[\"alice\",\"bob\"],"
                        + "\"role\":{\"alice\":\"owner\"}}");
        assertThat(GroupJson.readMember(GroupJson.member(created)).get())
                .isEqualTo(new GroupJson.MemberEvent(
                        List.of(ALICE, BOB),
                        List.of(),
                        null,
                        Map.of(ALICE, "owner"),
                        true,
                        "Team",
                        null,
                        GroupPatch.NONE));
    }

    @Test
    void member_heirOfTheLastOwner_isNotNew() {
        Event.MembersChanged left =
                change(9, false, null, List.of(new Member(BOB, MemberRole.OWNER, 5, 2)), List.of(), ALICE);
        assertThat(GroupJson.member(left).asUtf8()).isEqualTo("{\"left\":\"alice\",\"role\":{\"bob\":\"owner\"}}");
    }

    @Test
    void member_removed_saysOnlyThat() {
        Event.MembersChanged removed = change(9, false, null, List.of(), List.of(BOB, CAROL), null);
        assertThat(GroupJson.member(removed).asUtf8()).isEqualTo("{\"removed\":[\"bob\",\"carol\"]}");
    }

    @Property
    void member_anyChange_isReadBack(@ForAll("changes") Event.MembersChanged change) {
        GroupJson.MemberEvent read =
                GroupJson.readMember(GroupJson.member(change)).get();
        assertThat(read.created()).isEqualTo(change.created());
        assertThat(read.name()).isEqualTo(change.name());
        assertThat(read.left()).isEqualTo(change.left());
        assertThat(read.removed()).isEqualTo(change.removed());
        assertThat(read.standing()).isEqualTo(change.standing());
        assertThat(read.settings()).isEqualTo(change.settings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "x",
                "{\"from\":0,\"to\":1}",
                "{\"from\":2,\"to\":1}",
                "{\"from\":\"1\",\"to\":1}"
            })
    void readGap_wrong_isBad(String json) {
        assertThat(PayloadJson.readGap(Bytes.utf8(json)).isOk()).isFalse();
    }

    @Test
    void readers_unknownFields_areIgnored() {
        assertThat(PayloadJson.readGap(Bytes.utf8("{\"from\":1,\"to\":2,\"later\":{}}"))
                        .isOk())
                .isTrue();
        assertThat(PayloadJson.readSent(Bytes.utf8("{\"refused\":\"new-code\"}"))
                        .get())
                .isEqualTo(new PayloadJson.Sent.Refused("new-code", ""));
        assertThat(PayloadJson.refusal("new-code")).isNull();
    }

    @Test
    void readError_answerWithoutError_isBad() {
        assertThat(PayloadJson.readError(Bytes.utf8("{\"seq\":1}"), JsonForm.JSON)
                        .isOk())
                .isFalse();
        assertThat(PayloadJson.readError(Bytes.utf8("{\"error\":7}"), JsonForm.JSON)
                        .isOk())
                .isFalse();
        assertThat(PayloadJson.readError(Bytes.utf8("{\"error\":{}}"), JsonForm.JSON)
                        .isOk())
                .isFalse();
    }

    @Property
    void readers_anyBytes_neverThrow(@ForAll byte[] bytes) {
        Bytes payload = Bytes.wrap(bytes);
        List<Parsed<?>> all = List.of(
                PayloadJson.readGap(payload),
                PayloadJson.readSent(payload),
                GroupJson.readMember(payload),
                PayloadJson.readError(payload, JsonForm.JSON),
                PayloadJson.readError(payload, JsonForm.CBOR));
        assertThat(all).doesNotContainNull();
    }

    @Provide
    Arbitrary<Long> seqs() {
        return Any.seq();
    }

    @Provide
    Arbitrary<Event.MembersChanged> changes() {
        return AnyGroup.membersChanged();
    }

    private static Event.MembersChanged change(
            long seq, boolean created, String name, List<Member> added, List<UserId> removed, UserId left) {
        return new Event.MembersChanged(
                new ConversationId.Group(new GroupId("team")),
                seq,
                5,
                Author.of(ALICE),
                null,
                created,
                name,
                added,
                removed,
                left);
    }
}
