package dev.waggle.broker.session;

import dev.waggle.auth.Standings;
import dev.waggle.broker.inbound.InboundDoors;
import dev.waggle.broker.marks.MarkLimits;
import dev.waggle.broker.presence.PresenceBoard;
import dev.waggle.spec.Limits;
import dev.waggle.store.ChatStore;
import java.time.InstantSource;
import java.util.Set;

/**
 * What all sessions share.
 *
 * @param standings whether tokens still count
 * @param guards what one client may take
 * @param marks up to which size of a group marks are told
 * @param presence who watches whom
 * @param bootedAt when this process started, Unix milliseconds
 * @param waiting sessions that need a {@link ChatSession#tick}; any thread
 * @param closes ends of sessions that the store has not taken yet
 */
record SessionDoors(
        ChatStore store,
        InboundDoors inbound,
        Guards guards,
        Standings standings,
        Limits limits,
        MarkLimits marks,
        PresenceBoard presence,
        InstantSource clock,
        SessionRegistry registry,
        long bootedAt,
        Set<ChatSession> waiting,
        LateCloses closes) {}
