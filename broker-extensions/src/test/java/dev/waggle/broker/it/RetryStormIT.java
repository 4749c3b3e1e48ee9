package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several workers of one service send the same notices, each until it has an answer for every one; the program is killed
 * among them. Each user has the notice once.
 */
class RetryStormIT {
    private static final int USERS = 1_200;
    private static final int BATCH = 150;
    private static final int WORKERS = 3;

    private final AtomicInteger acknowledged = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void notices_sentByAllAtOnce_overAKill_reachEachUserOnce() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try (BrokerProcess broker = new BrokerProcess(folder)) {
            String token = broker.token("notices", "server", Actor.Role.SERVICE, Duration.ofMinutes(10));
            List<Future<Map<Integer, Long>>> results = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                results.add(workers.submit(() -> sendAll(new HttpCaller(broker, token))));
            }
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.get() > BATCH);
            broker.kill();
            broker.start();
            Set<Map<Integer, Long>> answers = new LinkedHashSet<>();
            for (Future<Map<Integer, Long>> result : results) {
                answers.add(result.get(60, TimeUnit.SECONDS));
            }
            assertThat(answers).hasSize(1);
            assertThat(answers.iterator().next())
                    .hasSize(USERS)
                    .containsValues(1L)
                    .doesNotContainValue(2L);
            assertThat(conversations(new HttpCaller(broker, token)))
                    .hasSize(USERS)
                    .containsOnly(1L);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Gives the seq of each notice. */
    private Map<Integer, Long> sendAll(HttpCaller service) throws Exception {
        Map<Integer, Long> seqs = new HashMap<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            open.add(i);
        }
        while (!open.isEmpty()) {
            List<Integer> batch = List.copyOf(open.subList(0, Math.min(BATCH, open.size())));
            JsonNode answers = post(service, batch);
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).has("seq")) {
                    seqs.put(batch.get(i), answers.get(i).path("seq").asLong());
                    acknowledged.incrementAndGet();
                }
            }
            open.removeAll(seqs.keySet());
        }
        return seqs;
    }

    /** The answers, none if the broker is not there. */
    private static JsonNode post(HttpCaller service, List<Integer> batch) throws Exception {
        String json = batch.stream()
                .map(i -> "{\"to\":\"d/user%d\",\"body\":\"notice\",\"id\":\"n-%d\"}".formatted(i, i))
                .collect(Collectors.joining(",", "[", "]"));
        HttpCaller.Answer[] answer = new HttpCaller.Answer[1];
        await().atMost(Duration.ofSeconds(40))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    answer[0] = service.messages(json);
                    return answer[0].status() == 200;
                });
        return answer[0].json();
    }

    /** The last seq of each of the service's conversations. */
    private static List<Long> conversations(HttpCaller service) throws Exception {
        List<Long> last = new ArrayList<>();
        String after = "";
        JsonNode page;
        do {
            page = service.call("inbox", "{\"limit\":1000" + after + "}").json();
            page.path("conversations").forEach(one -> last.add(one.path("last").asLong()));
            after = ",\"after\":\"" + page.path("next").asText() + "\"";
        } while (page.hasNonNull("next"));
        return last;
    }
}
