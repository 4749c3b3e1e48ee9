package dev.waggle.spec.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagePropertiesTest {

    private static MessageProperties of(UserProperty... user) {
        return new MessageProperties("text/plain", true, 7, List.of(user));
    }

    private static UserProperty mention(String user) {
        return new UserProperty("mention", user);
    }

    @Test
    void mentions_areReadInOrder_eachOnce() {
        MessageProperties properties =
                of(mention("bob"), new UserProperty("other", "x"), mention("al"), mention("bob"));
        assertThat(properties.mentions().get()).containsExactly(new UserId("bob"), new UserId("al"));
        assertThat(MessageProperties.NONE.mentions().get()).isEmpty();
    }

    @Test
    void mentions_noUserIdOrTooMany_areAReason() {
        assertThat(of(mention("bob"), mention("b+b")).mentions()).isInstanceOf(Parsed.Bad.class);
        UserProperty[] many =
                IntStream.range(0, 33).mapToObj(i -> mention("u" + i)).toArray(UserProperty[]::new);
        assertThat(of(many).mentions()).isInstanceOf(Parsed.Bad.class);
        assertThat(of(Stream.of(many).limit(32).toArray(UserProperty[]::new))
                        .mentions()
                        .get())
                .hasSize(32);
    }

    @Test
    void urgent_isHighAndNothingElse() {
        assertThat(of(new UserProperty("prio", "high")).isUrgent()).isTrue();
        assertThat(of(new UserProperty("prio", "HIGH")).isUrgent()).isFalse();
        assertThat(of(new UserProperty("high", "prio")).isUrgent()).isFalse();
        assertThat(MessageProperties.NONE.isUrgent()).isFalse();
    }

    @Test
    void withoutPriority_keepsEverythingElse() {
        MessageProperties properties = of(mention("bob"), new UserProperty("prio", "high"), new UserProperty("a", "b"));
        assertThat(properties.withoutPriority()).isEqualTo(of(mention("bob"), new UserProperty("a", "b")));
    }
}
