package dev.waggle.auth.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.auth.Identity;
import dev.waggle.auth.TopicGrant;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdentityAttributeTest {
    private static final Identity FULL = new Identity(
            new UserId("alice"),
            new DeviceId("phone"),
            "meter/17 é",
            new UserId("bot"),
            Actor.Role.SERVICE,
            "sensor",
            List.of(
                    TopicGrant.parse("publish a/é/# qos<=1").get(),
                    TopicGrant.parse("subscribe b").get()),
            "https://login.example.org/",
            1_700_000_000_000L,
            1_800_000_000_123L,
            "token-1");

    private static final Identity SPARSE =
            new Identity(new UserId("a"), null, null, null, Actor.Role.USER, "", 0, 0, "t");

    /** Its list is empty, which is not the same as none. */
    private static final Identity NARROWED =
            new Identity(new UserId("a"), null, null, null, Actor.Role.USER, "user", List.of(), "", 0, 0, "t");

    @Test
    void read_written_isTheSame() {
        for (Identity identity : List.of(FULL, SPARSE, NARROWED)) {
            ByteBuffer attribute = IdentityAttribute.encode(identity).asReadOnlyBuffer();

            assertThat(IdentityAttribute.read(attribute)).isEqualTo(identity);
            assertThat(IdentityAttribute.read(attribute)).as("twice").isEqualTo(identity);
        }
    }

    @Test
    void read_fromTheMiddleOfABuffer_isTheSame() {
        ByteBuffer bytes = IdentityAttribute.encode(FULL);
        ByteBuffer larger = ByteBuffer.allocate(bytes.remaining() + 10);
        larger.position(5);
        larger.put(bytes.duplicate());
        larger.flip().position(5);

        assertThat(IdentityAttribute.read(larger)).isEqualTo(FULL);
    }

    @Test
    void read_cutShort_isABug() {
        ByteBuffer whole = IdentityAttribute.encode(FULL);
        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer part = whole.duplicate().limit(length);
            assertThatThrownBy(() -> IdentityAttribute.read(part)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void read_unknownVersion_isABug() {
        ByteBuffer next = IdentityAttribute.encode(FULL).put(0, (byte) 99);

        assertThatThrownBy(() -> IdentityAttribute.read(next)).hasMessageContaining("version");
    }

    @Property(tries = 2_000)
    void read_anyBytes_isAnIdentityOrABug(@ForAll byte[] bytes) {
        try {
            assertThat(IdentityAttribute.read(ByteBuffer.wrap(bytes))).isNotNull();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("identity");
        }
    }
}
