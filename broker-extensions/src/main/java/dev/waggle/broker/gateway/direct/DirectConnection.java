package dev.waggle.broker.gateway.direct;

import com.hivemq.mqtt.message.pubcomp.PUBCOMP;
import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Filter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may be said to one client. Its thread is the event loop of the channel. Tasks that were put in while the loop was
 * busy run together and end in at most one flush. Before the CONNACK is out, packets wait in the {@link Greeting}.
 */
final class DirectConnection implements Connection {
    private static final Logger log = LoggerFactory.getLogger(DirectConnection.class);

    /** Tasks in a row before other connections of the same thread get their turn. */
    private static final int TASKS_IN_A_ROW = 256;

    private static final int UNSPECIFIED_ERROR = 0x80;

    private final ChannelHandlerContext ctx;
    private final Profile profile;
    private final Gate gate;
    private final Greeting greeting;
    private final Subscriptions subscriptions;
    private final Ending ending;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private boolean inTasks;
    private boolean flushWanted;
    private volatile boolean closed;
    private volatile Identity identity;

    /** The host's subscriptions of one client. */
    interface Subscriptions {
        CompletionStage<?> restrict(List<String> ended, List<Filter> lowered);
    }

    /** Ends the connection in whatever state it is. */
    interface Ending {
        @RunsOn("connection")
        void end(int reasonCode, String reason);
    }

    DirectConnection(
            ChannelHandlerContext ctx,
            Profile profile,
            Gate gate,
            Greeting greeting,
            Subscriptions subscriptions,
            Ending ending) {
        this.ctx = ctx;
        this.profile = profile;
        this.identity = profile.identity();
        this.gate = gate;
        this.greeting = greeting;
        this.subscriptions = subscriptions;
        this.ending = ending;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    void renewed(Identity newest) {
        identity = newest;
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            tasks.add(task);
            schedule();
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            onThread(this::runTasks);
        }
    }

    /** The thread is gone only when the host has stopped, after every connection was closed. */
    private void onThread(Runnable work) {
        try {
            ctx.executor().execute(work);
        } catch (RejectedExecutionException hostStopped) {
            tasks.clear();
        }
    }

    private void runTasks() {
        inTasks = true;
        try {
            for (int i = 0; i < TASKS_IN_A_ROW && !closed; i++) {
                Runnable task = tasks.poll();
                if (task == null) {
                    break;
                }
                task.run();
            }
        } catch (RuntimeException | Error bug) {
            log.error("A task of client {} failed; its connection is closed", profile.clientId(), bug);
            ending.end(UNSPECIFIED_ERROR, "internal error");
        } finally {
            inTasks = false;
            flushIfWanted();
        }
        scheduled.set(false);
        if (closed) {
            tasks.clear();
        } else if (!tasks.isEmpty()) {
            schedule();
        }
    }

    @Override
    public void acknowledge(Acknowledgement acknowledgement) {
        write(Packets.acknowledgement(acknowledgement, profile.problemInformation()));
    }

    @Override
    public void complete(int packetId) {
        write(new PUBCOMP(packetId));
    }

    @Override
    public int sizeOf(Delivery delivery) {
        return PublishBytes.size(delivery, profile.mqtt5());
    }

    @Override
    public void send(Delivery delivery) {
        write(PublishBytes.encode(delivery, profile.mqtt5(), ctx.alloc()));
    }

    /** A write that fails closes the channel or surfaces as an exception in its pipeline, which closes it too. */
    private void write(Object packet) {
        if (closed) {
            ReferenceCountUtil.release(packet);
        } else if (!greeting.holds(packet, ctx.voidPromise())) {
            var unused = ctx.write(packet, ctx.voidPromise());
        }
    }

    @Override
    public void flush() {
        flushWanted = true;
        if (!inTasks) {
            flushIfWanted();
        }
    }

    private void flushIfWanted() {
        if (flushWanted) {
            flushWanted = false;
            ctx.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return ctx.channel().isWritable();
    }

    @Override
    public void pauseReading() {
        gate.pause();
    }

    @Override
    public void resumeReading() {
        gate.resume();
    }

    @Override
    public void restrict(List<String> ended, List<Filter> lowered) {
        var unused = subscriptions.restrict(ended, lowered).exceptionally(failure -> {
            log.error("Subscriptions of client {} could not be ended", profile.clientId(), failure);
            disconnect(UNSPECIFIED_ERROR, "the rights changed and the subscriptions could not follow");
            return null;
        });
    }

    @Override
    public void disconnect(int reasonCode, String reason) {
        onThread(() -> ending.end(reasonCode, reason));
    }

    @RunsOn("connection")
    void closed() {
        closed = true;
        tasks.clear();
    }
}
