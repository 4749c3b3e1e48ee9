package dev.waggle.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.DeviceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The outbox against a model that remembers for each device what it still has to be told. */
class OutboxModelTest {
    private static final List<DeviceId> DEVICES = List.of(new DeviceId("a"), new DeviceId("b"), new DeviceId("c"));

    private enum What {
        ENTRY,
        REGISTER,
        UNREGISTER,
        SETTLE
    }

    private record Step(What what, int device, int upTo) {}

    @Property(tries = 2_000)
    void somethingIsDue_exactlyWhileADeviceHasToBeTold_andNothingIsForgotten(@ForAll("steps") List<Step> steps) {
        Outbox outbox = Outbox.NONE;
        Map<DeviceId, Long> told = new HashMap<>();
        long last = 0;
        for (Step step : steps) {
            DeviceId device = DEVICES.get(step.device);
            switch (step.what) {
                case ENTRY -> {
                    last++;
                    if (outbox.wants() && outbox.from() == 0) {
                        outbox = outbox.due(last, last);
                    }
                }
                case REGISTER -> {
                    told.putIfAbsent(device, last);
                    outbox = outbox.registered(device, step.upTo + 1, last);
                }
                case UNREGISTER -> {
                    told.remove(device);
                    outbox = outbox.unregistered(device, last);
                }
                case SETTLE -> {
                    long upTo = Math.min(step.upTo, last);
                    told.computeIfPresent(device, (any, before) -> Math.max(before, upTo));
                    outbox = outbox.settled(Map.of(device, (long) step.upTo), last);
                }
            }
            long end = last;
            assertThat(outbox.from() > 0).isEqualTo(told.values().stream().anyMatch(upTo -> upTo < end));
            if (outbox.from() > 0) {
                for (Map.Entry<DeviceId, Long> one : told.entrySet()) {
                    assertThat(outbox.handled().getOrDefault(one.getKey(), outbox.from() - 1))
                            .as("never beyond what %s was told", one.getKey())
                            .isLessThanOrEqualTo(one.getValue());
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(What.values()),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 12))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }
}
