package dev.waggle.store;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Event;
import java.util.List;

/** Learns what became durable, so that devices can be told. */
public interface CommitListener {
    /**
     * Called after each commit and before its tickets are settled, in commit order. Must not block or throw.
     *
     * @param events what concerns connected devices: {@link Event.EntryAdded}, {@link Event.ConversationWithheld},
     *     {@link Event.DeviceForgotten}
     */
    @RunsOn("committer")
    void committed(List<Event.OfInbox> events);

    /**
     * The store was opened again after a write that failed. What that write held may be durable, and nobody was told.
     */
    @RunsOn("committer")
    default void reopened() {}
}
