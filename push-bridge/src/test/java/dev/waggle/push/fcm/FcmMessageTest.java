package dev.waggle.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.Address;
import dev.waggle.push.Push;
import dev.waggle.push.Pushes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FcmMessageTest {
    private static final Address.Fcm PHONE = new Address.Fcm("fid-1", true);
    private static final long NOW = Pushes.NOW.toEpochMilli();

    private static JsonNode message(Address.Fcm to, Push push) throws Exception {
        return new ObjectMapper()
                .readTree(FcmMessage.of(to, push, NOW).orElseThrow().shared())
                .path("message");
    }

    @Test
    void everything_isInTheData_asText() throws Exception {
        assertThat(message(PHONE, Pushes.full())).isEqualTo(new ObjectMapper().readTree("""
                {"fid":"fid-1",
                 "data":{"kind":"mention","thread":"t1","conv":"d/bob","seq":"7","count":"2",
                         "id":"00000000-0000-4000-8000-000000000001","title":"Bob","body":"Hello Alice",
                         "loc_key":"MESSAGE_FROM","loc_args":"[\\"Bob\\"]","badge":"3",
                         "image":"https://media.example/i.png","enc":"c2VhbGVk","dismiss":"[\\"t2\\"]"},
                 "android":{"priority":"high","ttl":"600s"}}"""));
    }

    @Test
    void registrationToken_isNamedSo() throws Exception {
        assertThat(message(new Address.Fcm("abc", false), Pushes.update())
                        .path("token")
                        .asText())
                .isEqualTo("abc");
    }

    @Test
    void update_isNotUrgent_andShowsNothing() throws Exception {
        JsonNode message = message(PHONE, Pushes.update());
        assertThat(message.at("/android/priority").asText()).isEqualTo("normal");
        assertThat(message.path("data").has("body")).isFalse();
        assertThat(message.has("notification")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0s", "0, 0s", "1999, 1s", "3600000, 3600s", "9000000000000, 2419200s"})
    void ttl_isWhatIsLeft_roundedDown_upToFourWeeks(long millis, String expected) throws Exception {
        assertThat(message(PHONE, Pushes.expiring(Pushes.NOW.plus(Duration.ofMillis(millis))))
                        .at("/android/ttl")
                        .asText())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "😀", "\"", "\ud800"})
    void body_beyondTheLimit_isCutToIt(String of) throws Exception {
        int bytes = 0;
        for (Map.Entry<String, JsonNode> field :
                message(PHONE, Pushes.message(of.repeat(6_000))).path("data").properties()) {
            bytes += (field.getKey() + field.getValue().asText()).getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat(bytes).isBetween(4_090, 4_096);
    }
}
