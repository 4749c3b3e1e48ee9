package dev.waggle.broker.push;

import dev.waggle.broker.push.PushEngine.Work;
import dev.waggle.push.rules.Decision;
import dev.waggle.push.rules.Situation;
import dev.waggle.push.rules.Sleeper;
import dev.waggle.push.rules.Waiting;
import dev.waggle.spec.RunsOn;
import dev.waggle.store.Reads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One push on its way. */
@RunsOn("push")
final class Job {
    final Work work;
    final Sleeper to;
    final long version;
    final Decision.Send send;
    /** When the oldest message of the push was stored, Unix milliseconds. */
    final long oldest;
    /** The lowest position of what it stands for, or 0: of nothing in the inbox. */
    final long from;
    /** When it was handed over, Unix milliseconds. */
    long begun;

    @Nullable
    OutletQueue queue;

    int tries;

    private Job(Work work, Sleeper to, long version, Decision.Send send, long oldest, long from) {
        this.work = work;
        this.to = to;
        this.version = version;
        this.send = send;
        this.oldest = oldest;
        this.from = from;
    }

    /** About messages. */
    static Job of(Work work, Situation situation, Reads.Sleepers seen, Decision.Send send) {
        Sleeper to = situation.devices().stream()
                .filter(sleeper -> sleeper.device().equals(send.device()))
                .findFirst()
                .orElseThrow();
        List<Waiting> about = situation.waiting().stream()
                .filter(one -> one.conversation().equals(send.conversation()) && one.seq() <= send.seq())
                .toList();
        long oldest = about.stream().mapToLong(Waiting::ts).min().orElse(situation.now());
        long from = about.stream().mapToLong(Waiting::position).min().orElse(0);
        return new Job(work, to, version(seen, to), send, oldest, from);
    }

    /** About nothing that waits. */
    static Job update(Work work, Sleeper to, Reads.Sleepers seen, Decision.Send send, long now) {
        return new Job(work, to, version(seen, to), send, now, 0);
    }

    /** That of the registration which is used. */
    private static long version(Reads.Sleepers seen, Sleeper of) {
        return seen.devices().stream()
                .filter(one -> one.device().equals(of.device()))
                .mapToLong(Reads.Sleeper::version)
                .findFirst()
                .orElse(0);
    }
}
