package dev.waggle.store.lane;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Commands that wait, from many threads to one; bounded in number and bytes, counted until they are settled. A single
 * command always fits into an empty queue.
 */
final class CommandQueue {
    private static final int OVERHEAD = 256;
    private static final int PER_USER = 96;

    private final ConcurrentLinkedQueue<Queued> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final int mostCommands;
    private final long mostBytes;

    CommandQueue(LaneLimits limits) {
        this.mostCommands = limits.queueCommands();
        this.mostBytes = limits.queueBytes();
    }

    /** @return false if there is no room; nothing is kept then */
    boolean offer(Queued queued) {
        int before = commands.getAndIncrement();
        long bytesBefore = bytes.getAndAdd(queued.bytes);
        if (before > 0 && (before >= mostCommands || bytesBefore + queued.bytes > mostBytes)) {
            settled(1, queued.bytes);
            return false;
        }
        waiting.add(queued);
        return true;
    }

    @Nullable
    Queued poll() {
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void settled(int count, long size) {
        commands.addAndGet(-count);
        bytes.addAndGet(-size);
    }

    /** Commands taken and not settled. */
    int length() {
        return commands.get();
    }

    /** About what the command takes on the heap. */
    static int sizeOf(Command command) {
        if (command instanceof Command.SendMessage send) {
            return OVERHEAD + send.body().size();
        }
        if (command instanceof Command.CreateGroup create) {
            return OVERHEAD + PER_USER * create.members().size();
        }
        if (command instanceof Command.AddMembers add) {
            return OVERHEAD + PER_USER * add.users().size();
        }
        if (command instanceof Command.RemoveMembers remove) {
            return OVERHEAD + PER_USER * remove.users().size();
        }
        if (command instanceof Command.EditMessage edit) {
            return OVERHEAD + edit.body().size();
        }
        if (command instanceof Command.DeleteMessages delete) {
            return OVERHEAD + PER_USER * delete.seqs().ranges().size();
        }
        if (command instanceof Command.HideMessages hide) {
            return OVERHEAD + PER_USER * hide.seqs().ranges().size();
        }
        if (command instanceof Command.PutRecord put) {
            Bytes value = put.value();
            return OVERHEAD + put.key().key().size() + (value == null ? 0 : value.size());
        }
        if (command instanceof Command.ChangeFilters change) {
            return OVERHEAD + PER_USER * (change.add().size() + change.remove().size());
        }
        return OVERHEAD;
    }
}
