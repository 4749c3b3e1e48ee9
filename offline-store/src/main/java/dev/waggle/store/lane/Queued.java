package dev.waggle.store.lane;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.store.Outcome;
import dev.waggle.store.Ticket;
import dev.waggle.store.rules.RequestHash;
import org.jspecify.annotations.Nullable;

/** A command on its way. Made by whoever submits; from then on the committer's. */
final class Queued {
    final Object source;
    final Command command;
    final Ticket ticket;
    /** Its idempotency key, if it has one. */
    final @Nullable KeyRef key;
    /** Of the request, if it has a key; made before queueing, because a large body takes longer than a decision. */
    final @Nullable Bytes hash;
    /** Estimated size on the heap; 0 for the store's own commands, which take no room from others. */
    final int bytes;

    /** Decided but not told. */
    @Nullable
    Outcome outcome;
    /** States that are being read for it. */
    int missing;
    /** Why those could not be read, or null. */
    @Nullable
    String unreadable;
    /** States that stay in the cache until it is decided. */
    Object @Nullable [] pinned;

    Queued(Object source, Command command, Ticket ticket, int bytes) {
        this.source = source;
        this.command = command;
        this.ticket = ticket;
        this.bytes = bytes;
        this.key = command instanceof Command.OfConversation asked ? KeyRef.of(asked) : null;
        this.hash = command instanceof Command.OfConversation asked && key != null ? RequestHash.of(asked) : null;
    }

    /** True for a command of a client, false for one that the store made. */
    boolean counts() {
        return bytes > 0;
    }
}
