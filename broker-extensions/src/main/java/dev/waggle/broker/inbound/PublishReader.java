package dev.waggle.broker.inbound;

import dev.waggle.auth.Access;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ChatAccessRules;
import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.Limits;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.ReadMark;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.topic.ClientTopic;
import dev.waggle.spec.topic.TopicFilters;
import dev.waggle.spec.topic.TopicFormatter;
import dev.waggle.spec.topic.TopicParser;
import dev.waggle.spec.topic.TopicReading;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Topic, payload and properties of a PUBLISH to what it asks for, or to the reason why not. Total: nothing throws. */
final class PublishReader {
    private static final int EPHEMERAL_BYTES = 1_024;
    private static final Intake TO_HOST = new Intake.ToHost();
    private static final Intake RETAINED =
            refused(Rejection.badTopic("nothing below u/ can be retained: publish with RETAIN 0"));
    private static final Intake NO_CHAT =
            refused(Rejection.of(Refusal.NOT_ALLOWED, "without a token there is no chat"));
    private static final Rejection KEYS_DIFFER = Rejection.of(
            Refusal.BAD_REQUEST, "Correlation Data and the last topic level are both given and must be equal");
    private static final Rejection KEY_TOO_LONG =
            Rejection.of(Refusal.BAD_REQUEST, "Correlation Data has at most " + Limits.KEY_BYTES + " bytes");

    private final Connection connection;
    private final UserId me;
    private final AccessRules access;
    private final Limits limits;
    private final MessageBounds bounds;
    private final InstantSource clock;
    private Identity identity;
    private Actor actor;

    PublishReader(Connection connection, AccessRules access, Limits limits, MessageBounds bounds, InstantSource clock) {
        this.connection = connection;
        this.me = connection.identity().user();
        this.identity = connection.identity();
        this.actor = identity.actor();
        this.access = access;
        this.limits = limits;
        this.bounds = bounds;
        this.clock = clock;
    }

    /**
     * @param keepsPackets true if the device has a record that remembers QoS 2 packet ids
     */
    Intake read(InboundPublish publish, boolean keepsPackets) {
        Identity newest = connection.identity();
        if (newest != identity) {
            identity = newest;
            actor = newest.actor();
        }
        if (identity.isAnonymous() && ChatAccessRules.isChat(publish.topic())) {
            return NO_CHAT;
        }
        TopicReading reading = TopicParser.parse(me, publish.topic());
        if (reading instanceof TopicReading.Good good) {
            return publish.retain() ? retained(good.topic()) : good(good.topic(), publish, keepsPackets);
        }
        return reading.fold(new Misses(publish));
    }

    /** Topics outside the contract. */
    private final class Misses implements TopicReading.Cases<Intake> {
        private final InboundPublish publish;

        Misses(InboundPublish publish) {
            this.publish = publish;
        }

        @Override
        public Intake good(ClientTopic topic) {
            throw new IllegalStateException("a good topic is no miss");
        }

        @Override
        public Intake notInContract(String reason) {
            return publish.retain() ? RETAINED : refused(Rejection.badTopic(reason));
        }

        @Override
        public Intake ofAnother(String reason) {
            return refused(Rejection.of(Refusal.NOT_ALLOWED, reason));
        }

        @Override
        public Intake ordinary() {
            if (TopicFilters.name(publish.topic(), limits.topic()) instanceof Parsed.Bad<String> bad) {
                return refused(Rejection.badTopic(bad.reason()));
            }
            Access verdict = access.publish(identity, publish.topic(), publish.qos(), publish.retain());
            return verdict instanceof Access.Refused no
                    ? refused(new Rejection(Refusal.NOT_ALLOWED, no.reasonCode(), no.reason()))
                    : TO_HOST;
        }

        @Override
        public Intake illegal(String reason) {
            return refused(Rejection.badTopic(reason));
        }
    }

    private Intake good(ClientTopic topic, InboundPublish publish, boolean keepsPackets) {
        if (topic instanceof ClientTopic.Out out) {
            Rejection bad = badSend(publish, out.id());
            return bad != null
                    ? new Intake.Refused(bad, out.conv(), out.id())
                    : new Intake.Send(out.conv(), out.id(), message(out, publish, keepsPackets));
        }
        if (topic instanceof ClientTopic.Call call) {
            return call(call, publish);
        }
        if (topic instanceof ClientTopic.Now now) {
            return now(now.conv(), publish);
        }
        return topic instanceof ClientTopic.Read read ? read(read.conv(), publish) : state(publish);
    }

    private static Intake retained(ClientTopic topic) {
        if (!(topic instanceof ClientTopic.Out out)) {
            return RETAINED;
        }
        return new Intake.Refused(((Intake.Refused) RETAINED).rejection(), out.conv(), out.id());
    }

    private Command.SendMessage message(ClientTopic.Out out, InboundPublish publish, boolean keepsPackets) {
        return new Command.SendMessage(
                actor,
                out.conv().of(me),
                key(publish.correlation(), out.id()),
                publish.payload(),
                bounds.permitted(identity, publish.properties()),
                keepsPackets && publish.qos() == 2 ? publish.packetId() : null,
                clock.millis());
    }

    private @Nullable Rejection badSend(InboundPublish publish, @Nullable String id) {
        Rejection badKey = badKey(publish.correlation(), id);
        if (badKey != null) {
            return badKey;
        }
        return bounds.refusal(publish.payload(), publish.properties());
    }

    private Intake call(ClientTopic.Call call, InboundPublish publish) {
        Rejection bad = badKey(publish.correlation(), call.id());
        if (bad != null) {
            return refused(bad);
        }
        if (publish.payload().size() > limits.body()) {
            return refused(Rejection.of(Refusal.TOO_LARGE, "a request has at most " + limits.body() + " bytes"));
        }
        String wanted = publish.responseTopic();
        String reply = wanted != null && TopicParser.isReplyTopic(me, wanted, limits.topic())
                ? wanted
                : TopicFormatter.reply(me, call.method(), call.id());
        return new Intake.Call(
                call.method(),
                key(publish.correlation(), call.id()),
                publish.payload(),
                publish.properties().contentType(),
                reply);
    }

    private Intake now(ConversationName conversation, InboundPublish publish) {
        if (publish.payload().size() > EPHEMERAL_BYTES) {
            Rejection large = Rejection.of(Refusal.TOO_LARGE, "an ephemeral has at most " + EPHEMERAL_BYTES + " bytes");
            return new Intake.Refused(large, conversation, null);
        }
        Rejection bad = bounds.refusal(publish.properties(), publish.payload());
        return bad != null
                ? new Intake.Refused(bad, conversation, null)
                : new Intake.Now(conversation, publish.payload(), publish.properties());
    }

    private Intake read(ConversationName conversation, InboundPublish publish) {
        Parsed<ReadMark> mark = ReadMark.parse(publish.payload());
        if (mark instanceof Parsed.Bad<ReadMark> bad) {
            return new Intake.Refused(Rejection.badPayload(bad.reason()), conversation, null);
        }
        ReadMark read = mark.get();
        return new Intake.Read(
                conversation,
                new Command.MarkRead(actor, conversation.of(me), read.seq(), read.isPrivate(), clock.millis()));
    }

    private static @Nullable Rejection badKey(@Nullable Bytes correlation, @Nullable String id) {
        if (correlation == null || correlation.size() == 0) {
            return null;
        }
        if (correlation.size() > Limits.KEY_BYTES) {
            return KEY_TOO_LONG;
        }
        return id == null || correlation.equals(Bytes.utf8(id)) ? null : KEYS_DIFFER;
    }

    private static @Nullable SendKey key(@Nullable Bytes correlation, @Nullable String id) {
        if (correlation != null && correlation.size() > 0) {
            return new SendKey(correlation);
        }
        return id == null ? null : new SendKey(Bytes.utf8(id));
    }

    private static Intake state(InboundPublish publish) {
        return Activity.parse(publish.payload())
                .fold(Intake.State::new, reason -> refused(Rejection.badPayload(reason)));
    }

    private static Intake refused(Rejection rejection) {
        return new Intake.Refused(rejection, null, null);
    }
}
