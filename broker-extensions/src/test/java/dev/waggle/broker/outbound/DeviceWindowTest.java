package dev.waggle.broker.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.outbound.ModelWire.Packet;
import dev.waggle.spec.Limits;
import dev.waggle.spec.message.DeviceProgress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceWindowTest {
    private ModelInbox inbox = new ModelInbox(new Random(1));
    private ModelWire wire = new ModelWire(inbox);
    private DeviceWindow window = window(65_535, wire);
    /** Positions up to here were checked to be done. */
    private long checked;

    @BeforeEach
    void begin() {
        window.begin(DeviceProgress.at(0), 0);
    }

    @Test
    void pump_moreThanAWindow_slidesWithEachAcknowledgement() {
        commit(40, Fate.SEND);
        assertThat(wire.flying).hasSize(32);

        acknowledge(1_025);
        assertThat(wire.order).last().isEqualTo(1_024 + 33);
        assertThat(wire.flying).hasSize(32);
        assertThat(window.progress().cursor()).isEqualTo(1);
    }

    @Test
    void pump_moreBytesThanAWindow_waits() {
        for (int i = 0; i < 6; i++) {
            arrive(Fate.SEND, 60_000, 0);
        }
        settle();
        assertThat(wire.flying).hasSize(4);
    }

    @Test
    void pump_oneMessageAboveTheByteWindow_goesOutAlone() {
        window = window(
                new Limits(
                        65_536,
                        1_024,
                        1,
                        64,
                        512,
                        1,
                        1,
                        1,
                        1,
                        Limits.defaults().inboxAge(),
                        1,
                        false,
                        false,
                        Limits.defaults().sessionExpiry(),
                        Limits.defaults().keyWindow(),
                        Limits.defaults().callKeyWindow(),
                        32,
                        1_000,
                        Limits.defaults().history()),
                10,
                wire);
        window.begin(DeviceProgress.at(0), 0);
        arrive(Fate.SEND, 5_000, 0);
        arrive(Fate.SEND, 10, 0);
        settle();
        assertThat(wire.flying).hasSize(1);
    }

    @Test
    void acknowledged_outOfOrder_cursorWaitsForTheFirst() {
        commit(3, Fate.SEND);
        acknowledge(1_024 + 3);
        acknowledge(1_024 + 2);
        assertThat(window.progress()).isEqualTo(new DeviceProgress(0, List.of(2L, 3L), 3));
        assertThat(window.unacknowledged()).containsExactly(1L);

        acknowledge(1_024 + 1);
        assertThat(window.progress()).isEqualTo(new DeviceProgress(3, List.of(), 3));
    }

    @Test
    void acknowledged_unknownOrTwice_movesNothing() {
        commit(2, Fate.SEND);
        acknowledge(1_024 + 1);
        assertThat(window.acknowledged(1_024 + 1)).isFalse();
        assertThat(window.acknowledged(50_000)).isFalse();
        assertThat(window.progress().cursor()).isEqualTo(1);
    }

    @Test
    void acknowledged_entry_countsAsDelivered() {
        arrive(Fate.SEND, 1, 0);
        arrive(Fate.PASS, 1, 0);
        arrive(Fate.GAP, 1, 1);
        settle();
        new ArrayList<>(wire.flying.keySet()).forEach(this::acknowledge);
        assertThat(window.progress().cursor()).isEqualTo(3);
        assertThat(window.delivered())
                .hasSize(1)
                .containsEntry(inbox.items.get(0).entry().conversation(), 1L);
    }

    @Test
    void pump_receiveMaximumOne_sendsOneAtATimeInOrder() {
        window = window(1, wire);
        window.begin(DeviceProgress.at(0), 0);
        commit(3, Fate.SEND);
        for (int position = 1; position <= 3; position++) {
            assertThat(wire.flying.keySet()).containsExactly(1_024 + position);
            acknowledge(1_024 + position);
        }
        assertThat(window.progress().cursor()).isEqualTo(3);
    }

    @Test
    void pump_hundredNeighboursThatMayNotGo_makeOneGap() {
        commit(100, Fate.GAP);
        inbox.items.forEach(item -> assertThat(item.entry().seq()).isEqualTo(item.position()));
        ModelWire later = new ModelWire(inbox);
        DeviceWindow resumed = window(10, later);
        resumed.begin(DeviceProgress.at(0), 100);
        later.run(resumed);

        assertThat(later.flying.values()).containsExactly(new Packet(1_024 + 100, 1, 100, true, 64));
        assertThat(resumed.unacknowledged()).isEmpty();
        resumed.acknowledged(1_024 + 100);
        assertThat(resumed.progress().cursor()).isEqualTo(100);
    }

    @Test
    void begin_resumed_sendsTheUnacknowledgedAgainWithTheirIds() {
        commit(4, Fate.SEND);
        acknowledge(1_024 + 2);
        ModelWire later = new ModelWire(inbox);
        DeviceWindow resumed = window(10, later);
        resumed.begin(window.progress(), 4);
        arriveAt(resumed);
        later.run(resumed);

        assertThat(later.order).containsExactly(1_025, 1_027, 1_028, 1_029);
        assertThat(later.resumed).containsExactly(1L, 3L, 4L);
    }

    @Test
    void pump_withoutAnyFilter_holdsNothingBack() {
        wire.wantsAny = false;
        ModelWire later = new ModelWire(inbox);
        later.wantsAny = false;
        commit(200, Fate.PASS);
        DeviceWindow resumed = window(10, later);
        resumed.begin(DeviceProgress.at(0), 200);
        resumed.pump();
        assertThat(later.asked).isNull();
        assertThat(resumed.progress().cursor()).isEqualTo(200);
    }

    @Test
    void pump_positionsWrapPacketIds_neverUsesOneTwiceOnTheWire() {
        commit(1, Fate.SEND);
        commit(63_999, Fate.PASS);
        commit(1, Fate.SEND);
        settle();
        assertThat(wire.flying).hasSize(1);
        acknowledge(1_025);
        assertThat(wire.order).containsExactly(1_025, 1_025);
        assertThat(window.progress().cursor()).isEqualTo(64_000);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void anySequence_keepsThePromises(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int receiveMaximum,
            @ForAll @IntRange(min = 0, max = 30) int urgentOneIn) {
        Random random = new Random(seed);
        inbox = new ModelInbox(random);
        inbox.urgentOneIn = urgentOneIn;
        inbox.conversations = 1 + random.nextInt(8);
        checked = 0;
        Set<Long> done = new HashSet<>();
        DeviceProgress stored = DeviceProgress.at(0);
        for (int connection = 0; connection < 4; connection++) {
            wire = new ModelWire(inbox);
            window = window(receiveMaximum, wire);
            window.begin(stored, inbox.end());
            for (int step = random.nextInt(300); step > 0; step--) {
                step(random, done);
                check(done, receiveMaximum);
                if (random.nextInt(20) == 0) {
                    stored = window.progress();
                }
            }
        }
        wire.writable = true;
        for (int i = 0; i < 10_000 && window.progress().cursor() < inbox.end(); i++) {
            settle();
            new ArrayList<>(wire.flying.keySet()).forEach(id -> acknowledge(id, done));
            check(done, receiveMaximum);
        }
        assertThat(window.progress()).isEqualTo(DeviceProgress.at(inbox.end()));
        inbox.fates.forEach((position, fate) -> {
            if (fate == Fate.SEND || fate == Fate.GAP) {
                assertThat(done).contains(position);
            }
        });
    }

    private void step(Random random, Set<Long> done) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> arrive(inbox.commit());
            case 3 -> window.pump();
            case 4 -> wire.answerPage(window, random.nextInt(5) == 0);
            case 5 ->
                wire.flying.keySet().stream()
                        .skip(random.nextInt(wire.flying.size() + 1))
                        .findFirst()
                        .ifPresent(id -> acknowledge(id, done));
            case 6 -> {
                int id = 1_024 + random.nextInt(64_512);
                assertThat(wire.flying.containsKey(id) || !window.acknowledged(id))
                        .isTrue();
            }
            case 7 -> window.endsAt(inbox.end());
            case 8 -> wire.answerUrgent(window, random.nextInt(5) == 0);
            default -> wire.writable = random.nextInt(4) > 0;
        }
    }

    private void check(Set<Long> done, int receiveMaximum) {
        assertThat(window.unacknowledged().size()).isLessThanOrEqualTo(Math.min(32, receiveMaximum));
        assertThat(wire.flying.size() <= 1 || wire.flyingBytes() <= 256 * 1024).isTrue();
        DeviceProgress progress = window.progress();
        for (long position = checked + 1; position <= progress.cursor(); position++) {
            Fate fate = inbox.fates.get(position);
            assertThat(fate == Fate.PASS || fate == Fate.COPY || done.contains(position))
                    .as("cursor %d passed position %d", progress.cursor(), position)
                    .isTrue();
        }
        checked = progress.cursor();
        assertThat(done.containsAll(progress.above())).isTrue();
        assertThat(progress.above()).hasSizeLessThanOrEqualTo(256);
    }

    private void acknowledge(int packetId, Set<Long> done) {
        Packet packet = wire.flying.get(packetId);
        acknowledge(packetId);
        for (long position = packet.first(); position <= packet.last(); position++) {
            done.add(position);
        }
    }

    private void acknowledge(int packetId) {
        wire.flying.remove(packetId);
        assertThat(window.acknowledged(packetId)).isTrue();
        settle();
    }

    private void commit(int count, Fate fate) {
        for (int i = 0; i < count; i++) {
            arrive(fate, 10, 0);
        }
        settle();
    }

    private void arrive(Fate fate, int size, int conversation) {
        arrive(inbox.commit(fate, size, conversation));
    }

    private void arrive(dev.waggle.spec.message.InboxItem.Entry item) {
        window.arrived(item.position(), item.entry());
        window.pump();
    }

    private void arriveAt(DeviceWindow resumed) {
        dev.waggle.spec.message.InboxItem.Entry item = inbox.commit(Fate.SEND, 1, 0);
        resumed.arrived(item.position(), item.entry());
    }

    private void settle() {
        wire.run(window);
    }

    private static DeviceWindow window(int receiveMaximum, WindowWire wire) {
        return window(Limits.defaults(), receiveMaximum, wire);
    }

    private static DeviceWindow window(Limits limits, int receiveMaximum, WindowWire wire) {
        return new DeviceWindow(limits, new ReceiveQuota(receiveMaximum), wire);
    }
}
