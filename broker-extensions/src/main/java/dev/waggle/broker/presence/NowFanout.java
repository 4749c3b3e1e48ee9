package dev.waggle.broker.presence;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.store.Reads;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what is never kept to everybody in the conversation who is here, unless they have blocked its author, or nobody is to hear of it. */
public final class NowFanout implements Ephemerals {
    private static final Logger log = LoggerFactory.getLogger(NowFanout.class);

    private final Audiences audiences;
    private final Receivers receivers;

    /** Where the devices are. Any thread. */
    public interface Receivers {
        void now(UserId to, ConversationId conversation, Author from, Bytes payload, MessageProperties properties);
    }

    public NowFanout(Reads reads, Receivers receivers, InstantSource clock) {
        this.audiences = new Audiences(reads, clock);
        this.receivers = receivers;
    }

    @Override
    public void now(ConversationId conversation, Author from, Bytes payload, MessageProperties properties) {
        audiences.of(conversation).whenComplete((audience, failure) -> {
            if (failure != null) {
                log.debug("something ephemeral for {} is lost: {}", conversation, failure.toString());
            } else if (audience.members().contains(from.user())
                    && !audience.settings(from.user()).shadowed()) {
                for (UserId member : audience.members()) {
                    if (!member.equals(from.user())
                            && !audience.settings(member).blocks(from.user())) {
                        receivers.now(member, conversation, from, payload, properties);
                    }
                }
            }
        });
    }
}
