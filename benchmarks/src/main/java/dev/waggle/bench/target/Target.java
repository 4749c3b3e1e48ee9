package dev.waggle.bench.target;

import dev.waggle.bench.wire.Connect;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running broker and how its users name their topics. */
public interface Target extends AutoCloseable {

    String name();

    InetSocketAddress address();

    BrokerProcess process();

    /** What was set differently from the broker's own defaults, for the report. */
    List<String> settings();

    /** A clean connection for user {@code u{number}}, device {@code d}. */
    Connect connect(int number);

    /** Where {@code from} publishes for {@code to}. */
    byte[] directTopic(int from, int to);

    /** What user {@code number} subscribes to. */
    String filter(int number);

    /** Whether a message may carry an idempotency key. */
    boolean takesKeys();

    /**
     * Makes a group of the users 0 … {@code members-1}, where the broker has groups.
     *
     * @return the topic on which user 0 sends to it, and the filter on which each member hears it
     */
    Group group(int members);

    record Group(byte[] topic, @Nullable String filter) {}

    @Override
    void close();
}
