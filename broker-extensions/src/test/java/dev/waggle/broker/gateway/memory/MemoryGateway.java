package dev.waggle.broker.gateway.memory;

import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.Profile;
import java.util.concurrent.Executor;

/**
 * The gateway without a network, for the simulation. All connections run on one executor, each keeping the order of its
 * own work whatever order the executor runs its tasks in. An accepted CONNECT is where it begins: authentication and
 * take-over are the caller's.
 */
public final class MemoryGateway {
    private final Executor executor;
    private final Dialogue.Host chat;

    /** @param executor runs the work of all connections, one task at a time, such as {@link Steps} */
    public MemoryGateway(Executor executor, Dialogue.Host chat) {
        this.executor = executor;
        this.chat = chat;
    }

    /** Connects a client. Its CONNACK comes when the dialogue is open. */
    public MemoryClient connect(Profile profile) {
        MemoryConnection connection = new MemoryConnection(executor, profile);
        connection.thread().execute(() -> connection.open(chat.connected(connection)));
        return new MemoryClient(connection);
    }
}
