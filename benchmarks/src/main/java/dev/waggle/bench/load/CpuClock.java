package dev.waggle.bench.load;

import dev.waggle.bench.target.ProcessUse;

/** CPU seconds of the broker, of this process and of the whole machine at one moment. */
record CpuClock(long atNanos, double broker, double own, double machine) {

    static CpuClock now(long brokerPid) {
        return new CpuClock(
                System.nanoTime(),
                ProcessUse.cpuSeconds(brokerPid),
                ProcessUse.cpuSeconds(ProcessHandle.current().pid()),
                ProcessUse.machineBusySeconds());
    }

    double brokerCores(CpuClock later) {
        return (later.broker - broker) / seconds(later);
    }

    double ownCores(CpuClock later) {
        return (later.own - own) / seconds(later);
    }

    /** What neither the broker nor this process used. Counted in ticks, so it may come out slightly below 0. */
    double otherCores(CpuClock later) {
        return (later.machine - machine) / seconds(later) - brokerCores(later) - ownCores(later);
    }

    double seconds(CpuClock later) {
        return (later.atNanos - atNanos) / 1e9;
    }
}
