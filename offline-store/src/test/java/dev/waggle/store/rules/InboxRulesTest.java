package dev.waggle.store.rules;

import static dev.waggle.store.rules.Box.CHAT;
import static dev.waggle.store.rules.Box.LAPTOP;
import static dev.waggle.store.rules.Box.ME;
import static dev.waggle.store.rules.Box.PEER;
import static dev.waggle.store.rules.Box.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboxRulesTest {
    private static final long DAY = 24 * 3_600;
    private final Box box = new Box();

    @Test
    void deliver_givesPositionsInOrder_andBeginsTheViewWithTheFirstMessage() {
        assertThat(box.receive(CHAT).position()).isEqualTo(1);
        assertThat(box.receive(CHAT).position()).isEqualTo(2);

        assertThat(box.marks).containsExactly(Map.entry(CHAT, Mark.of(1, 0, 0)));
        assertThat(box.events).hasSize(3);
    }

    @Test
    void deliver_ofAJoining_beginsTheViewThere_butNotOfANewRole() {
        box.receive(members(7, List.of(new Member(ME, MemberRole.MEMBER, 1, 7))), false);
        assertThat(box.marks).containsEntry(Talk.TEAM, Mark.of(7, 6, 6));

        box.receive(members(9, List.of(new Member(ME, MemberRole.OWNER, 1, 7))), false);
        assertThat(box.marks).containsEntry(Talk.TEAM, Mark.of(7, 6, 6));
    }

    @Test
    void deliver_ofARemoval_withholdsWhatIsBelowIt() {
        box.open(PHONE, false, DAY);
        box.receive(Talk.TEAM);
        box.receive(CHAT);
        Event.EntryAdded removal = box.receive(members(5, List.of()), true);

        assertThat(removal.position()).isEqualTo(3);
        assertThat(box.open(PHONE, false, DAY).withheldBefore()).containsExactly(Map.entry(Talk.TEAM, 3L));
    }

    @Test
    void withheld_isPrunedOnceEveryCursorHasPassed() {
        box.open(PHONE, false, DAY);
        box.open(LAPTOP, false, DAY);
        box.receive(Talk.TEAM);
        box.receive(members(5, List.of()), true);
        box.move(PHONE, 1, 2);
        box.open(PHONE, false, DAY);
        assertThat(box.state.withheld()).isNotEmpty();

        box.move(LAPTOP, 2, 1);
        box.close(LAPTOP, 2, DAY, DeviceProgress.at(1));

        assertThat(box.state.withheld()).isEmpty();
    }

    @Test
    void withheld_staysForTheFirstDurableDeviceThatIsStillToCome() {
        box.receive(Talk.TEAM);
        box.receive(members(5, List.of()), true);
        box.open(PHONE, false, 0);

        assertThat(box.open(PHONE, false, DAY).withheldBefore()).containsEntry(Talk.TEAM, 2L);
    }

    @Test
    void withheld_ofASecondRemoval_countsFromThere() {
        box.receive(members(5, List.of()), true);
        box.receive(members(6, List.of(new Member(ME, MemberRole.MEMBER, 1, 6))), false);
        box.receive(members(7, List.of()), true);

        assertThat(box.state.withheld()).containsExactly(Map.entry(Talk.TEAM, 3L));
    }

    @Test
    void move_onlyEverGoesForwardAndNeverPastTheEnd() {
        box.receiveMany(10).open(PHONE, false, DAY);
        box.move(PHONE, 1, 4, 6L, 8L, 99L);
        assertThat(box.device(PHONE).progress()).isEqualTo(new DeviceProgress(4, List.of(6L, 8L), 4));

        box.move(PHONE, 1, 2, 5L);
        assertThat(box.device(PHONE).progress()).isEqualTo(new DeviceProgress(6, List.of(8L), 6));

        box.move(PHONE, 1, 1_000);
        assertThat(box.device(PHONE).progress()).isEqualTo(new DeviceProgress(10, List.of(), 10));
    }

    @Test
    void move_withoutNews_isNoEvent() {
        box.receiveMany(3).open(PHONE, false, DAY);
        box.move(PHONE, 1, 2);
        int events = box.events.size();

        box.move(PHONE, 1, 2);
        box.move(LAPTOP, 1, 3);

        assertThat(box.events).hasSize(events);
    }

    @Test
    void move_tellsWhatWasDelivered_onlyForwardAndOnlyWhereThereIsAView() {
        box.receiveMany(5);
        Map<ConversationId, Long> delivered = Map.of(CHAT, 4L, Talk.TEAM, 2L);
        box.decide(new Command.MoveCursor(ME, PHONE, 0, DeviceProgress.at(0), delivered, box.now));
        box.decide(new Command.MoveCursor(ME, PHONE, 0, DeviceProgress.at(0), Map.of(CHAT, 3L), box.now));

        assertThat(box.marks).containsExactly(Map.entry(CHAT, Mark.from(1).delivered(4, true, box.now)));
    }

    @Test
    void move_keepsAtMost256Above_theLowest() {
        box.receiveMany(600).open(PHONE, false, DAY);
        Long[] above = new Long[290];
        for (int i = 0; i < above.length; i++) {
            above[i] = 2L + 2 * i;
        }
        box.move(PHONE, 1, 0, above);

        assertThat(box.device(PHONE).progress().above())
                .hasSize(256)
                .startsWith(2L)
                .endsWith(512L);
    }

    @Test
    void filters_ofTheSameTopic_areReplaced_andRemovalsHappen() {
        box.open(PHONE, false, DAY);
        box.subscribe(PHONE, "a");
        box.subscribe(PHONE, "b");
        Filter again = new Filter("a", 0, true, false, 1, 7);
        box.decide(new Command.ChangeFilters(ME, PHONE, List.of(again), List.of("b", "c"), box.now));

        assertThat(box.device(PHONE).filters()).containsExactly(again);
        int events = box.events.size();
        box.decide(new Command.ChangeFilters(ME, PHONE, List.of(again), List.of("b"), box.now));
        assertThat(box.events).hasSize(events);
    }

    @Test
    void filters_allDropped_leaveADeviceThatDidSubscribe() {
        box.open(PHONE, false, DAY);
        assertThat(box.open(PHONE, false, DAY).subscribed()).isFalse();
        box.subscribe(PHONE, "a");
        box.decide(new Command.ChangeFilters(ME, PHONE, List.of(), List.of("a"), box.now));

        Reply.SessionOpened opened = box.open(PHONE, false, DAY);

        assertThat(opened.subscribed()).isTrue();
        assertThat(opened.filters()).isEmpty();
    }

    @Test
    void filters_ofATransientDevice_onlyTellTheEnd() {
        box.receiveMany(4);

        Reply.FiltersChanged changed = box.reply(
                new Command.ChangeFilters(ME, null, List.of(Filter.of("a", 1)), List.of(), box.now),
                Reply.FiltersChanged.class);

        assertThat(changed.inboxEnd()).isEqualTo(4);
        assertThat(box.state.devices()).isEmpty();
    }

    @Test
    void filters_aboveTheLimit_areRefused() {
        box.open(PHONE, false, DAY);
        List<Filter> many = new ArrayList<>();
        for (int i = 0; i <= RuleLimits.FILTERS_PER_DEVICE; i++) {
            many.add(Filter.of("f" + i, 1));
        }

        assertThat(box.refusal(new Command.ChangeFilters(ME, PHONE, many, List.of(), box.now)))
                .isEqualTo(Refusal.QUOTA);
    }

    @Test
    void packets_areKnownUntilReleased_andEndWithTheRecord() {
        box.open(PHONE, false, DAY);
        box.state = InboxRules.apply(box.state, new Event.PacketTaken(ME, PHONE, 7, 3, 99));
        assertThat(InboxRules.answered(box.state, PHONE, 7)).isEqualTo(new PacketAnswer(7, 3, 99));
        assertThat(InboxRules.answered(box.state, LAPTOP, 7)).isNull();
        assertThat(box.open(PHONE, false, DAY).openPackets()).containsExactly(7);

        box.decide(new Command.ReleasePacket(ME, PHONE, 7, box.now));
        box.decide(new Command.ReleasePacket(ME, PHONE, 7, box.now));
        assertThat(InboxRules.answered(box.state, PHONE, 7)).isNull();

        box.state = InboxRules.apply(box.state, new Event.PacketTaken(ME, PHONE, 8, 4, 99));
        assertThat(box.open(PHONE, true, DAY).openPackets()).isEmpty();
    }

    @Test
    void trim_isDueOnlyWellAboveTheLimit_andSoonerForAUserNeverSeen() {
        Box unseen = new Box(new RuleLimits(10, 16, 1_000, 10, 1_000, false, false, 60, 60, 60, 60, 60));
        unseen.receiveMany(74);
        assertThat(unseen.rules.trimUpTo(unseen.state)).isZero();
        unseen.receiveMany(1);
        assertThat(unseen.rules.trimUpTo(unseen.state)).isEqualTo(65);
        unseen.open(PHONE, false, 0);
        assertThat(unseen.rules.trimUpTo(unseen.state)).isZero();
        unseen.receiveMany(1_026);
        assertThat(unseen.rules.trimUpTo(unseen.state)).isEqualTo(101);
    }

    @Test
    void trim_goesAsFarAsEveryDeviceIsDone() {
        Box small = new Box(new RuleLimits(10, 16, 10, 10, 1_000, false, false, 60, 60, 60, 60, 60));
        small.open(PHONE, false, DAY);
        small.open(LAPTOP, false, DAY);
        small.receiveMany(80);
        small.move(PHONE, 1, 80);
        small.move(LAPTOP, 2, 75);

        assertThat(small.rules.trimUpTo(small.state)).isEqualTo(75);
        assertThat(small.state.doneUpTo()).isEqualTo(75);
    }

    @Test
    void trim_movesTheFirstPosition_andDropsExpiredRecords() {
        box.open(PHONE, false, 60);
        box.receiveMany(20);
        box.close(PHONE, 1, 60, DeviceProgress.at(0));
        box.now += 60_001;
        List<InboxItem.Missing> gaps = List.of(new InboxItem.Missing(12, CHAT, 1, 12));

        box.decide(new Command.TrimInbox(ME, 12, gaps, box.now));

        assertThat(box.state.first()).isEqualTo(13);
        assertThat(box.state.last()).isEqualTo(20);
        assertThat(box.state.devices()).isEmpty();
        assertThat(box.events).endsWith(new Event.InboxTrimmed(ME, 12, gaps));
        int events = box.events.size();
        box.decide(new Command.TrimInbox(ME, 12, gaps, box.now));
        assertThat(box.events).hasSize(events);
    }

    @Test
    void entry_sharesDevicesAndWithheldWithTheStateBefore() {
        box.open(PHONE, false, DAY);
        InboxState before = box.state;
        box.receive(CHAT);

        assertThat(box.state.devices()).isSameAs(before.devices());
        assertThat(box.state.withheld()).isSameAs(before.withheld());
    }

    private static Event.MembersChanged members(long seq, List<Member> added) {
        return new Event.MembersChanged(Talk.TEAM, seq, 1, Author.of(PEER), null, false, null, added, List.of(), null);
    }
}
