package dev.waggle.broker.testkit;

import dev.waggle.auth.Access;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.Identity;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.inbound.MessageBounds;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.broker.session.Guards;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.MessageProperties;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identities, profiles and packets for tests. */
public final class People {
    private static final int NO_LIMIT = 268_435_460;

    /** Own prefix and {@code open/…} only. */
    public static final AccessRules RULES = new AccessRules() {
        @Override
        public Access publish(Identity identity, String topic, int qos, boolean retain) {
            return topic.startsWith("open/") ? Access.ALLOWED : new Access.Refused(0x87, "closed");
        }

        @Override
        public Access subscribe(Identity identity, String filter) {
            return filter.startsWith("u/" + identity.user() + "/") || filter.startsWith("open/")
                    ? Access.ALLOWED
                    : new Access.Refused(0x87, "closed");
        }
    };

    /** The usual limits; everybody's messages but plain users' may have priority. */
    public static final MessageBounds BOUNDS =
            new MessageBounds(Limits.defaults(), Set.of(Actor.Role.SERVICE, Actor.Role.MODERATOR, Actor.Role.ADMIN));

    private People() {}

    /** Rates as given, and nobody is in anybody's way otherwise. */
    public static Guards guards(Rates.Settings rates, InstantSource clock) {
        return new Guards(
                new Rates(rates, clock),
                new BanLadder(
                        new BanLadder.Terms(100, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, List.of()),
                        clock),
                new RefusalJournal(clock, (what, code) -> {}),
                1_000,
                1_000);
    }

    public static Identity identity(String user, @Nullable String device) {
        return new Identity(
                new UserId(user),
                device == null ? null : new DeviceId(device),
                null,
                null,
                Actor.Role.USER,
                "waggle:local",
                0,
                Long.MAX_VALUE,
                "token");
    }

    /** MQTT 5, durable, no limits of its own. */
    public static Profile mqtt5(String user, String device) {
        return profile(user, device, true, false, 3_600, 65_535, NO_LIMIT, true);
    }

    /** MQTT 3.1.1 with clean session 0. */
    public static Profile mqtt3(String user, String device) {
        return profile(user, device, false, false, 2_592_000, 65_535, NO_LIMIT, true);
    }

    public static Profile profile(
            String user,
            String device,
            boolean mqtt5,
            boolean cleanStart,
            long expirySeconds,
            int receiveMaximum,
            int maximumPacketSize,
            boolean problemInformation) {
        return new Profile(
                identity(user, device),
                user + "." + device,
                mqtt5,
                cleanStart,
                expirySeconds,
                receiveMaximum,
                maximumPacketSize,
                problemInformation,
                false,
                "127.0.0.1");
    }

    public static InboundPublish publish(String topic, String payload, int qos, int packetId) {
        return new InboundPublish(
                topic, Bytes.utf8(payload), qos, packetId, false, false, MessageProperties.NONE, null, null);
    }

    public static InboundPublish publish(
            String topic, Bytes payload, int qos, int packetId, MessageProperties properties, @Nullable Bytes key) {
        return new InboundPublish(topic, payload, qos, packetId, false, false, properties, key, null);
    }
}
