package dev.waggle.broker.outbound;

import dev.waggle.spec.message.Refusal;
import org.jspecify.annotations.Nullable;

/** Counts what passes through all connections. Any thread; must not block. */
public interface Traffic {
    /** Counts nothing. */
    Traffic UNCOUNTED = new Traffic() {
        @Override
        public void answered(@Nullable Refusal refusal) {}

        @Override
        public void delivered() {}

        @Override
        public void acknowledged() {}

        @Override
        public void gap() {}
    };

    /**
     * A publish on a topic of the chat has its answer.
     *
     * @param refusal why it was not carried out, or null if it was
     */
    void answered(@Nullable Refusal refusal);

    /** An inbox entry was sent to a device, again perhaps. */
    void delivered();

    /** A device acknowledged an inbox entry or a gap. */
    void acknowledged();

    /** A gap notice was sent to a device. */
    void gap();
}
