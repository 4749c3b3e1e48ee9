package dev.waggle.broker.session;

import dev.waggle.broker.marks.MarkBoard;
import dev.waggle.broker.presence.PresenceBoard;
import dev.waggle.broker.push.PushSignals;
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
    private final MarkBoard marks;
    private final PresenceBoard presence;
    private final PushSignals pushes;

    public CommitFanout(SessionRegistry registry, MarkBoard marks, PresenceBoard presence, PushSignals pushes) {
        this.pushes = pushes;
        this.presence = presence;
        this.registry = registry;
        this.marks = marks;
    }

    @Override
    @RunsOn("committer")
    public void committed(List<Event.OfInbox> events) {
        for (Event.OfInbox event : events) {
            if (event instanceof Event.EntryAdded
                    || event instanceof Event.ConversationWithheld
                    || event instanceof Event.OwnChanged) {
                for (ChatSession session : registry.sessionsOf(event.user())) {
                    session.committed(event);
                }
                if (event instanceof Event.EntryAdded) {
                    pushes.came(event.user());
                }
            } else if (event instanceof Event.PushDue) {
                pushes.due(event.user());
            } else if (event instanceof Event.MarkMoved moved) {
                marks.moved(moved);
                if (moved.mark().readAt() != 0) {
                    pushes.read(moved.user(), moved.conversation(), moved.mark().read());
                }
            } else if (event instanceof Event.UserSettingsChanged changed) {
                presence.decided(changed.user(), changed.settings());
            }
        }
    }

    @Override
    @RunsOn("committer")
    public void reopened() {
        registry.forEach(ChatSession::mayHaveMissed);
        pushes.missed();
    }
}
