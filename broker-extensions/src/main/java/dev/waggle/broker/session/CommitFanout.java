package dev.waggle.broker.session;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Event;
import dev.waggle.store.CommitListener;
import java.util.List;

/**
 * Takes what became durable to the connections concerned. However many events and answers a commit has for a connection,
 * they are done in one task with one flush.
 */
public final class CommitFanout implements CommitListener {
    private final SessionRegistry registry;

    public CommitFanout(SessionRegistry registry) {
        this.registry = registry;
    }

    @Override
    @RunsOn("committer")
    public void committed(List<Event.OfInbox> events) {
        for (Event.OfInbox event : events) {
            if (event instanceof Event.EntryAdded
                    || event instanceof Event.ConversationWithheld
                    || event instanceof Event.OwnChanged) {
                for (ChatSession session : registry.of(event.user())) {
                    session.committed(event);
                }
            }
        }
    }

    @Override
    @RunsOn("committer")
    public void reopened() {
        registry.forEach(ChatSession::mayHaveMissed);
    }
}
