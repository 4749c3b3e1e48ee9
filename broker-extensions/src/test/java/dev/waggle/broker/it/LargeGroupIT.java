package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of 1,000, the most that there may be: made, joined, full, told and dissolved. */
class LargeGroupIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ADDED_AT_ONCE = 800;
    private static final int MOST = 1_000;

    @Test
    void groupOfAThousand_isCreatedJoinedToldAndDissolved(@TempDir Path data) throws Exception {
        try (TestBroker broker = new TestBroker(data);
                GroupDevice olga = new GroupDevice(broker, "olga");
                GroupDevice late = new GroupDevice(broker, "late");
                GroupDevice first = new GroupDevice(broker, "user0")) {
            olga.done(
                    "group.create",
                    "{\"group\":\"big\",\"join\":\"open\",\"members\":" + names(0, ADDED_AT_ONCE) + "}");
            olga.done("group.add", "{\"group\":\"big\",\"users\":" + names(ADDED_AT_ONCE, MOST - 50) + "}");
            List<String> joiners = IntStream.range(MOST - 50, MOST - 1)
                    .mapToObj(i -> "user" + i)
                    .toList();
            List<String> tokens = broker.tokens(joiners, "http");
            for (int i = 0; i < joiners.size(); i++) {
                JsonNode joined = new HttpCaller(broker, tokens.get(i))
                        .call("group.join", "{\"group\":\"big\"}")
                        .json();
                assertThat(joined.path("joined").asBoolean()).as("%s", joined).isTrue();
            }
            assertThat(late.refusal("group.join", "{\"group\":\"big\"}")).isEqualTo("quota");
            assertThat(olga.refusal("group.add", "{\"group\":\"big\",\"users\":[\"late\"]}"))
                    .isEqualTo("quota");
            assertThat(olga.done("group.info", "{\"group\":\"big\"}").path("members"))
                    .hasSize(MOST);

            assertThat(olga.device.send("g/big", "to a thousand").reasonCode()).isZero();
            await().atMost(SOON).until(() -> Arrived.texts(first.device.arrived).contains("to a thousand"));
            long last =
                    olga.done("group.delete", "{\"group\":\"big\"}").path("seq").asLong();
            await().atMost(SOON).until(() -> first.heard("big").contains("member " + last + " {\"dissolved\":true}"));
            assertThat(first.device.send("g/big", "still there?").reasonCode()).isEqualTo(0x87);
            assertThat(late.refusal("group.join", "{\"group\":\"big\"}")).isEqualTo("not-member");
        }
    }

    private static String names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "\"user" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }
}
