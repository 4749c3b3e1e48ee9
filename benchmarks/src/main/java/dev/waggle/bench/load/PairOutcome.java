package dev.waggle.bench.load;

import dev.waggle.bench.report.Latency;
import org.jspecify.annotations.Nullable;

/**
 * What a run of pairs showed.
 *
 * @param perSecond deliveries per second within the measured time
 * @param acknowledgement due → PUBACK
 * @param delivery due → delivery
 * @param lateness due → written by the generator; in an open loop it holds waiting for the broker's Receive Maximum too
 * @param brokerCpu cores used by the broker, likewise {@code generatorCpu} and {@code othersCpu}
 * @param unfinished sent, but not both acknowledged and delivered when the drain ended
 * @param repeated deliveries whose number had come already
 * @param outOfOrder deliveries that skipped a number
 * @param refused negative acknowledgements, the first of them in {@code firstRefusal}
 */
public record PairOutcome(
        double perSecond,
        Latency acknowledgement,
        Latency delivery,
        Latency lateness,
        double brokerCpu,
        double generatorCpu,
        double othersCpu,
        long unfinished,
        long repeated,
        long outOfOrder,
        long refused,
        @Nullable String firstRefusal) {

    /** Whether everything sent was acknowledged and delivered once, in order. */
    public boolean clean() {
        return unfinished == 0 && repeated == 0 && outOfOrder == 0 && refused == 0;
    }
}
