package dev.waggle.auth.hivemq;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionAttributeStore;
import dev.waggle.auth.Identity;
import dev.waggle.auth.TopicGrant;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a connection in the host's attribute store of that connection, where only extensions can write. Layout:
 * version 4, base of the role, {@code issuedAt} and {@code expiresAt} (8 bytes each), then user, device, client id, agent,
 * role, topics (one a line), issuer and token id, each as a length of 2 bytes (0xFFFF: absent) and UTF-8.
 */
public final class IdentityAttribute {
    public static final String KEY = "waggle.identity";

    private static final byte VERSION = 4;
    private static final int ABSENT = 0xFFFF;
    private static final int FIXED = 2 + 2 * Long.BYTES + 8 * Short.BYTES;

    private IdentityAttribute() {}

    public static void write(ConnectionAttributeStore store, Identity identity) {
        store.put(KEY, encode(identity));
    }

    /** Empty for a connection that nobody has authenticated yet. */
    public static Optional<Identity> read(ConnectionAttributeStore store) {
        return store.get(KEY).map(IdentityAttribute::read);
    }

    /**
     * Leaves the buffer as it is.
     *
     * @throws IllegalStateException if it holds anything but what {@link #write} wrote: a bug
     */
    public static Identity read(ByteBuffer attribute) {
        ByteBuffer in = attribute.duplicate();
        try {
            if (in.get() != VERSION) {
                throw new IllegalStateException("an identity of an unknown version");
            }
            Actor.Role role = Actor.Role.values()[in.get()];
            long issuedAt = in.getLong();
            long expiresAt = in.getLong();
            UserId user = new UserId(text(in));
            DeviceId device = optional(in, DeviceId::new);
            String clientId = optional(in, Function.identity());
            UserId agent = optional(in, UserId::new);
            String roleName = text(in);
            List<TopicGrant> topics = optional(in, IdentityAttribute::topics);
            String issuer = text(in);
            return new Identity(
                    user, device, clientId, agent, role, roleName, topics, issuer, issuedAt, expiresAt, text(in));
        } catch (BufferUnderflowException | ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalStateException("a damaged identity", e);
        }
    }

    static ByteBuffer encode(Identity identity) {
        byte[][] texts = {
            bytes(identity.user().value()),
            identity.device() == null ? null : bytes(identity.device().value()),
            identity.clientId() == null ? null : bytes(identity.clientId()),
            identity.agent() == null ? null : bytes(identity.agent().value()),
            bytes(identity.roleName()),
            identity.topics() == null ? null : bytes(text(identity.topics())),
            bytes(identity.issuer()),
            bytes(identity.tokenId())
        };
        int size = FIXED;
        for (byte[] text : texts) {
            size += text == null ? 0 : text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size)
                .put(VERSION)
                .put((byte) identity.role().ordinal())
                .putLong(identity.issuedAt())
                .putLong(identity.expiresAt());
        for (byte[] text : texts) {
            if (text == null) {
                out.putShort((short) ABSENT);
            } else {
                out.putShort((short) text.length).put(text);
            }
        }
        return out.flip();
    }

    private static String text(List<TopicGrant> topics) {
        return topics.stream().map(TopicGrant::text).collect(Collectors.joining("\n"));
    }

    private static List<TopicGrant> topics(String text) {
        return text.lines()
                .map(line -> TopicGrant.parse(line).fold(Function.<TopicGrant>identity(), reason -> {
                    throw new IllegalArgumentException(reason);
                }))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer in) {
        String text = optional(in, Function.identity());
        if (text == null) {
            throw new IllegalArgumentException("absent");
        }
        return text;
    }

    private static <T> @Nullable T optional(ByteBuffer in, Function<String, T> read) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length == ABSENT) {
            return null;
        }
        byte[] bytes = new byte[Math.min(length, in.remaining() + 1)];
        in.get(bytes);
        return read.apply(new String(bytes, StandardCharsets.UTF_8));
    }
}
