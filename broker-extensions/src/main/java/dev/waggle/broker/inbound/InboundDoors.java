package dev.waggle.broker.inbound;

import dev.waggle.auth.AccessRules;
import dev.waggle.broker.call.CallHandler;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.outbound.Traffic;
import dev.waggle.broker.presence.Ephemerals;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.spec.Limits;
import dev.waggle.store.ChatStore;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * What publishes lead to; the same for all connections.
 *
 * @param screening looks at messages before they are stored
 * @param stopping true once the server shuts down: from then on nobody is told that something was not stored
 */
public record InboundDoors(
        ChatStore store,
        AccessRules access,
        CallHandler calls,
        Ephemerals ephemerals,
        Rates rates,
        Traffic traffic,
        RefusalJournal refusals,
        Limits limits,
        MessageBounds bounds,
        Screening screening,
        InstantSource clock,
        BooleanSupplier stopping) {}
