package dev.waggle.store.rules;

import static dev.waggle.store.rules.Box.LAPTOP;
import static dev.waggle.store.rules.Box.ME;
import static dev.waggle.store.rules.Box.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRulesTest {
    private static final long DAY = 24 * 3_600;
    private final Box box = new Box();

    @Test
    void open_ofTheFirstDurableDevice_beginsAtTheBeginning() {
        box.receiveMany(3);

        Reply.SessionOpened opened = box.open(PHONE, false, DAY);

        assertThat(opened.present()).isFalse();
        assertThat(opened.epoch()).isEqualTo(1);
        assertThat(opened.progress()).isEqualTo(DeviceProgress.at(0));
        assertThat(opened.waiting()).isEqualTo(3);
        assertThat(opened.inboxEnd()).isEqualTo(3);
    }

    @Test
    void open_ofALaterDevice_beginsAtTheEnd() {
        box.receiveMany(3).open(PHONE, false, DAY);

        assertThat(box.open(LAPTOP, false, DAY).progress()).isEqualTo(DeviceProgress.at(3));
    }

    @Test
    void open_ofAKnownDevice_isPresentWithFiltersAndProgress() {
        box.receiveMany(5).open(PHONE, false, DAY);
        box.subscribe(PHONE, "u/me/#");
        box.move(PHONE, 1, 2, 4L);
        box.close(PHONE, 1, DAY, new DeviceProgress(2, List.of(4L), 5), 3L, 5L);

        Reply.SessionOpened again = box.open(PHONE, false, DAY);

        assertThat(again.present()).isTrue();
        assertThat(again.subscribed()).isTrue();
        assertThat(again.epoch()).isEqualTo(2);
        assertThat(again.filters()).containsExactly(Filter.of("u/me/#", 1));
        assertThat(again.progress()).isEqualTo(new DeviceProgress(2, List.of(4L), 5));
        assertThat(again.waiting()).isEqualTo(2);
        assertThat(again.dupBefore()).isZero();
    }

    @Test
    void open_withCleanStart_replacesTheRecordAtTheEnd_evenIfItIsTheOnlyOne() {
        box.receiveMany(3).open(PHONE, false, DAY);
        box.subscribe(PHONE, "u/me/#");
        box.receiveMany(2);

        Reply.SessionOpened clean = box.open(PHONE, true, DAY);

        assertThat(clean.present()).isFalse();
        assertThat(clean.subscribed()).isFalse();
        assertThat(clean.filters()).isEmpty();
        assertThat(clean.progress()).isEqualTo(DeviceProgress.at(5));
        assertThat(clean.epoch()).isEqualTo(2);
        assertThat(box.events).contains(new Event.DeviceForgotten(ME, PHONE));
    }

    @Test
    void open_afterTheExpiry_isNotPresent_andOtherExpiredRecordsGo() {
        box.open(PHONE, false, 60);
        box.open(LAPTOP, false, 60);
        box.close(PHONE, 1, 60, DeviceProgress.at(0));
        box.close(LAPTOP, 2, 60, DeviceProgress.at(0));
        box.now += 60_000;
        assertThat(box.open(PHONE, false, 60).present()).isTrue();
        box.close(PHONE, 3, 60, DeviceProgress.at(0));
        box.now += 60_001;

        assertThat(box.open(PHONE, false, 60).present()).isFalse();
        assertThat(box.state.device(LAPTOP)).isNull();
    }

    @Test
    void open_whileOnline_neverExpires() {
        box.open(PHONE, false, 60);
        box.now += 1_000_000;

        assertThat(box.open(PHONE, false, 60).present()).isTrue();
    }

    @Test
    void open_afterACrash_carriesDup_andCountsTheExpiryFromTheBoot() {
        box.open(PHONE, false, 60);
        box.now += 1_000_000;
        box.bootedAt = box.now;
        box.now += 60_000;

        Reply.SessionOpened opened = box.open(PHONE, false, 60);

        assertThat(opened.present()).isTrue();
        assertThat(opened.dupBefore()).isEqualTo(box.bootedAt);
        box.now += 1_000_000;
        box.bootedAt = box.now;
        box.now += 60_001;
        assertThat(box.open(PHONE, false, 60).present()).isFalse();
    }

    @Test
    void open_asTransient_leavesNoRecord_butTheUserWasSeen() {
        box.receiveMany(2);

        Reply.SessionOpened opened = box.open(PHONE, true, 0);

        assertThat(opened.epoch()).isZero();
        assertThat(opened.progress()).isEqualTo(DeviceProgress.at(2));
        assertThat(box.state.devices()).isEmpty();
        assertThat(box.state.everSeen()).isTrue();
        assertThat(box.state.everDurable()).isFalse();
        assertThat(box.open(LAPTOP, false, DAY).progress().cursor()).isZero();
    }

    @Test
    void open_asTransient_ofAKnownDevice_continues_andItsRecordEndsWithTheConnection() {
        box.open(PHONE, false, DAY);

        Reply.SessionOpened opened = box.open(PHONE, false, 0);

        assertThat(opened.present()).isTrue();
        assertThat(opened.epoch()).isEqualTo(2);
        box.close(PHONE, 2, 0, DeviceProgress.at(0));
        assertThat(box.state.devices()).isEmpty();
    }

    @Test
    void open_asTransient_thenCrash_isNotPresent() {
        box.open(PHONE, false, DAY);
        box.open(PHONE, false, 0);
        box.bootedAt = box.now + 1;
        box.now += 1;

        assertThat(box.open(PHONE, false, DAY).present()).isFalse();
    }

    @Test
    void open_ofTooManyDevices_isRefusedAndNamesTheWayOut() {
        for (int i = 0; i < 16; i++) {
            box.open(new DeviceId("d" + i), false, DAY);
        }
        Command.OpenSession open = new Command.OpenSession(ME, PHONE, false, DAY, box.bootedAt, box.now);

        assertThat(box.refusal(open)).isEqualTo(Refusal.QUOTA);
        assertThat(box.decide(open).toString()).contains("device.forget");
        assertThat(box.open(new DeviceId("d3"), true, DAY).present()).isFalse();
        assertThat(box.open(PHONE, true, 0).present()).isFalse();
    }

    @Test
    void open_withALongExpiry_isLimited() {
        box.open(PHONE, false, Long.MAX_VALUE / 4);

        assertThat(box.device(PHONE).expirySeconds()).isEqualTo(30 * DAY);
    }

    @Test
    void close_ofAnOlderEpoch_onlyMovesTheCursor() {
        box.receiveMany(5).open(PHONE, false, DAY);
        box.open(PHONE, false, DAY);

        box.close(PHONE, 1, 0, new DeviceProgress(3, List.of(), 5), 4L, 5L);

        assertThat(box.device(PHONE).progress()).isEqualTo(new DeviceProgress(3, List.of(), 5));
        assertThat(box.device(PHONE).ended()).isEmpty();
        assertThat(box.device(PHONE).onlineSince()).isNotZero();
    }

    @Test
    void close_ofASessionWhoseRecordWasReplaced_touchesNoNewerOne() {
        box.open(PHONE, false, DAY);
        box.open(PHONE, true, DAY);
        box.close(PHONE, 2, 0, DeviceProgress.at(0));
        Reply.SessionOpened third = box.open(PHONE, false, DAY);

        box.close(PHONE, 1, 0, DeviceProgress.at(0));

        assertThat(third.epoch()).isEqualTo(3);
        assertThat(box.device(PHONE).onlineSince()).isNotZero();
    }

    @Test
    void close_ofATransientConnection_doesNotTouchTheRecordThatCameAfterIt() {
        box.receiveMany(5).open(PHONE, true, 0);
        box.open(PHONE, false, DAY);

        box.close(PHONE, 0, 0, DeviceProgress.at(5));
        box.move(PHONE, 0, 5);

        assertThat(box.device(PHONE).progress().cursor()).isZero();
    }

    @Test
    void close_fiveTimesWithTheSameUnacknowledged_setsItAside() {
        box.receiveMany(3);
        for (int i = 1; i <= 5; i++) {
            Reply.SessionOpened opened = box.open(PHONE, false, DAY);
            assertThat(opened.setAside()).isEmpty();
            box.close(PHONE, opened.epoch(), DAY, new DeviceProgress(0, List.of(2L), 3), 1L, i == 3 ? 2L : 3L);
        }

        assertThat(box.open(PHONE, false, DAY).setAside()).containsExactly(1L);
        assertThat(box.device(PHONE).ended()).containsOnlyKeys(1L, 3L);

        box.move(PHONE, 6, 1);
        assertThat(box.device(PHONE).ended()).containsOnlyKeys(3L);
        assertThat(box.open(PHONE, false, DAY).setAside()).isEmpty();
    }

    @Test
    void close_twice_countsOnce() {
        box.receiveMany(1).open(PHONE, false, DAY);
        box.close(PHONE, 1, DAY, DeviceProgress.at(0), 1L);
        box.close(PHONE, 1, DAY, DeviceProgress.at(0), 1L);

        assertThat(box.device(PHONE).ended()).containsEntry(1L, 1);
    }
}
