package dev.waggle.store;

import dev.waggle.spec.RunsOn;

/** Who waits for the outcome of a command. */
public interface Ticket {
    /** Called once, after the commit. Must not block or throw. */
    @RunsOn("committer")
    void settled(Outcome outcome);
}
