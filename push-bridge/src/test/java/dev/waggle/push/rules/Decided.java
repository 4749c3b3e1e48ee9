package dev.waggle.push.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Push;
import dev.waggle.spec.DeviceId;
import java.util.List;

/** Looks into decisions. */
final class Decided {
    private Decided() {}

    static List<Push> pushes(List<Decision> decisions) {
        return decisions.stream()
                .filter(Decision.Send.class::isInstance)
                .map(decision -> ((Decision.Send) decision).push())
                .toList();
    }

    static List<Push> pushes(List<Decision> decisions, DeviceId device) {
        return pushes(decisions).stream()
                .filter(push -> push.device().equals(device))
                .toList();
    }

    /** The one push that there is. */
    static Push push(List<Decision> decisions) {
        assertThat(pushes(decisions)).as("pushes in %s", decisions).hasSize(1);
        return pushes(decisions).get(0);
    }

    static void assertSkips(List<Decision> decisions, Reason reason) {
        assertThat(decisions).hasSize(1);
        assertThat(decisions.get(0)).isInstanceOf(Decision.Skip.class);
        assertThat(decisions.get(0).reason()).isEqualTo(reason);
    }

    static void assertWaits(List<Decision> decisions, Reason reason, long until) {
        assertThat(decisions).hasSize(1);
        assertThat(decisions.get(0)).isInstanceOf(Decision.Wait.class);
        assertThat(decisions.get(0).reason()).isEqualTo(reason);
        assertThat(((Decision.Wait) decisions.get(0)).until()).isEqualTo(until);
    }
}
