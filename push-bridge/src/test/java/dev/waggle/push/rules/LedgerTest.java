package dev.waggle.push.rules;

import static dev.waggle.push.rules.Decided.push;
import static dev.waggle.push.rules.Decided.pushes;
import static dev.waggle.push.rules.Scene.ME;
import static dev.waggle.push.rules.Scene.PHONE;
import static dev.waggle.push.rules.Scene.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.push.Push;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Scene scene = new Scene().phone();

    @Test
    void aLedger_remembersSoManyDevices_andForgetsTheOneNotedLongestAgo() {
        Ledger ledger = new Ledger(Scene.LIMITS, 2);
        List<Decision> decisions = scene.message(TEAM).decide();
        for (String user : List.of("ann", "bea", "ann", "cia")) {
            decisions.forEach(decision -> ledger.note(new UserId(user), decision, scene.now));
        }

        assertThat(ledger.size()).isEqualTo(2);
        assertThat(ledger.knows(new UserId("ann"), PHONE)).isTrue();
        assertThat(ledger.knows(new UserId("bea"), PHONE)).isFalse();
        assertThat(ledger.knows(new UserId("cia"), PHONE)).isTrue();
    }

    @Test
    void aDeviceThatIsForgotten_isPushedAgainWithTheSameId() {
        Push before = push(scene.message(TEAM).decide());
        scene.decide().forEach(decision -> scene.ledger.note(ME, decision, scene.now));
        assertThat(pushes(scene.decide())).isEmpty();

        scene.ledger.forget(ME, PHONE);
        assertThat(scene.ledger.size()).isZero();
        assertThat(push(scene.decide()).id()).isEqualTo(before.id());
    }

    @Test
    void aDevice_isRememberedWithSoManyConversations() {
        DeviceLedger device = new DeviceLedger(Scene.LIMITS);
        Push push = push(scene.message(TEAM).decide());
        for (int i = 0; i <= Scene.LIMITS.threads(); i++) {
            device.pushed(conversation(i), 1, push, 1, scene.now);
        }

        assertThat(device.shown(conversation(0))).isEqualTo(DeviceLedger.Shown.NOTHING);
        assertThat(device.shown(conversation(1)).seq()).isEqualTo(1);
        for (int i = 0; i <= 2 * Scene.LIMITS.threads(); i++) {
            device.readUnknown("thread " + i, scene.now);
        }
        assertThat(device.read(Integer.MAX_VALUE)).hasSize(Scene.LIMITS.threads());
    }

    @Test
    void limitsOfNothing_areRefused() {
        assertThatThrownBy(() -> new Ledger(Scene.LIMITS, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ConversationName conversation(int which) {
        return ConversationName.parse("g/group" + which).get();
    }
}
