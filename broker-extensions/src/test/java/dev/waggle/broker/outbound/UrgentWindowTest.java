package dev.waggle.broker.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Limits;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.InboxItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What has priority goes before its turn, and nothing else changes. */
class UrgentWindowTest {
    private final ModelInbox inbox = new ModelInbox(new Random(1));

    private static DeviceWindow window(ModelWire wire) {
        return new DeviceWindow(Limits.defaults(), new ReceiveQuota(65_535), wire);
    }

    /** From the beginning of the inbox as it is now. */
    private DeviceWindow begun(ModelWire wire) {
        DeviceWindow window = window(wire);
        window.begin(DeviceProgress.at(0), inbox.end());
        return window;
    }

    private static void acknowledge(DeviceWindow window, ModelWire wire, int packetId) {
        wire.flying.remove(packetId);
        assertThat(window.acknowledged(packetId)).isTrue();
        wire.run(window);
    }

    @Test
    void urgent_goesOutFirst_withWhatWaitsInItsConversation_theRestInTurnBehindIt() {
        ModelWire later = waiting(200, 3);
        DeviceWindow resumed = begun(later);
        later.run(resumed);
        List<Integer> first = List.copyOf(later.order.subList(0, 4));
        assertThat(first).containsExactly(1_024 + 50, 1_024 + 100, 1_024 + 150, 1_024 + 204);
        assertThat(later.order.subList(4, 32)).first().isEqualTo(1_025);

        first.forEach(id -> acknowledge(resumed, later, id));
        assertThat(resumed.progress().cursor()).isZero();
        assertThat(resumed.progress().above()).containsExactly(50L, 100L, 150L, 204L);
        for (int i = 0; i < 300; i++) {
            new ArrayList<>(later.flying.keySet()).forEach(id -> acknowledge(resumed, later, id));
        }
        assertThat(resumed.progress()).isEqualTo(DeviceProgress.at(204));
        assertThat(later.order).hasSize(204);
    }

    @Test
    void urgent_acknowledgedBeforeAResume_isNotSentAgain_unacknowledgedFirst() {
        ModelWire later = waiting(200, 0);
        DeviceWindow before = begun(later);
        later.run(before);
        assertThat(later.order).first().isEqualTo(1_024 + 201);

        ModelWire unheard = new ModelWire(inbox);
        DeviceWindow second = window(unheard);
        second.begin(before.progress(), inbox.end());
        unheard.run(second);
        assertThat(unheard.order).first().isEqualTo(1_024 + 201);
        assertThat(unheard.resumed).contains(201L);

        second.acknowledged(1_024 + 201);
        ModelWire heard = new ModelWire(inbox);
        DeviceWindow third = window(heard);
        third.begin(second.progress(), inbox.end());
        heard.run(third);
        assertThat(heard.order).first().isEqualTo(1_025);
        assertThat(heard.order).doesNotContain(1_024 + 201);
    }

    @Test
    void urgent_whileOthersWait_overtakesThem_whenItArrives() {
        ModelWire wire = new ModelWire(inbox);
        DeviceWindow window = begun(wire);
        for (int i = 0; i <= 100; i++) {
            InboxItem.Entry item = inbox.commit(Fate.SEND, 10, i == 100 ? 7 : 0, i == 100);
            window.arrived(item.position(), item.entry());
            wire.run(window);
        }
        assertThat(wire.order).hasSize(32);
        acknowledge(window, wire, 1_025);
        assertThat(wire.order).last().isEqualTo(1_024 + 101);
        acknowledge(window, wire, 1_026);
        assertThat(wire.order).last().isEqualTo(1_024 + 33);
    }

    @Test
    void urgent_whenNothingWaits_readsNothing() {
        ModelWire idle = new ModelWire(inbox);
        DeviceWindow live = begun(idle);
        InboxItem.Entry item = inbox.commit(Fate.SEND, 10, 1, true);
        live.arrived(item.position(), item.entry());
        live.pump();
        assertThat(idle.askedUrgent).isNull();
        assertThat(idle.order).containsExactly(1_025);
    }

    @Test
    void urgent_moreThanTheRecordCanRemember_theRestComesInTurn() {
        for (int i = 0; i < 300; i++) {
            inbox.commit(Fate.SEND, 10, 0);
            inbox.commit(Fate.SEND, 10, 1);
        }
        inbox.commit(Fate.SEND, 10, 1, true);
        ModelWire later = new ModelWire(inbox);
        DeviceWindow resumed = begun(later);
        later.run(resumed);
        for (int i = 0; i < 700; i++) {
            later.flying.keySet().stream().findFirst().ifPresent(id -> acknowledge(resumed, later, id));
            assertThat(resumed.progress().above()).hasSizeLessThanOrEqualTo(256);
        }
        assertThat(later.order.subList(0, 128)).doesNotContain(1_025);
        assertThat(later.order).hasSize(601);
        assertThat(resumed.progress()).isEqualTo(DeviceProgress.at(601));
    }

    /** So many in other conversations, with some of one among them, whose last one is urgent. */
    private ModelWire waiting(int others, int ofTheConversation) {
        for (int i = 1; i <= others + ofTheConversation; i++) {
            boolean its = ofTheConversation > 0 && i % 50 == 0 && i / 50 <= ofTheConversation;
            inbox.commit(Fate.SEND, 10, its ? 9 : i % 3);
        }
        inbox.commit(Fate.SEND, 10, 9, true);
        return new ModelWire(inbox);
    }
}
