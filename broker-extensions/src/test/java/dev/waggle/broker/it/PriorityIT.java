package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something urgent comes to a device that was away: its conversation goes before all others. */
class PriorityIT {
    private static final int WAITING = 9_900;

    @TempDir
    Path data;

    private static HttpCaller service(Reachable broker, String name) {
        return new HttpCaller(broker, broker.token(name, "server", Actor.Role.SERVICE, Duration.ofMinutes(10)));
    }

    private static void send(HttpCaller from, String to, int first, int last) throws Exception {
        for (int start = first; start <= last; start += 1_000) {
            String batch = IntStream.rangeClosed(start, Math.min(last, start + 999))
                    .mapToObj(i -> "{\"to\":\"%s\",\"body\":\"m%d\",\"id\":\"i%d\"}".formatted(to, i, i))
                    .collect(Collectors.joining(",", "[", "]"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !from.messages(batch).body().contains("error"));
        }
    }

    @Test
    void tenThousandWait_theUrgentOneComesAtOnce_withItsConversation_andNothingIsLostOrTwice() throws Exception {
        try (TestBroker broker = new TestBroker(data)) {
            Device5 bob =
                    new Device5(broker, "bob", "phone").connect().subscribe().disconnect();
            for (int i = 0; i < 3; i++) {
                send(service(broker, "news" + i), "d/bob", 1, WAITING / 3);
            }
            HttpCaller alarm = service(broker, "alarm");
            send(alarm, "d/bob", 1, 31);
            alarm.messages("{\"to\":\"d/bob\",\"body\":\"fire\",\"prio\":\"high\",\"id\":\"fire\"}");
            send(alarm, "d/bob", 33, 40);

            long begun = System.nanoTime();
            bob.connect();
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> bob.arrived.stream().anyMatch(one -> one.text().equals("fire")));
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertThat(millis)
                    .as("milliseconds from CONNECT to the urgent message")
                    .isLessThan(1_500);
            List<String> first = bob.arrived.subList(0, 32).stream()
                    .map(Arrived::topic)
                    .map(topic -> topic.substring(0, topic.lastIndexOf('/')))
                    .toList();
            assertThat(first)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 32)
                            .mapToObj(seq -> "u/bob/in/d/alarm/alarm/" + seq)
                            .toList());

            await().atMost(Duration.ofSeconds(60)).until(() -> bob.arrived.size() >= WAITING + 40);
            assertThat(bob.arrived).hasSize(WAITING + 40);
            assertThat(new HashSet<>(bob.arrived)).hasSize(WAITING + 40);
            for (String from : List.of("alarm", "news0", "news1", "news2")) {
                List<Long> seqs = bob.arrived.stream()
                        .map(Arrived::topic)
                        .filter(topic -> topic.startsWith("u/bob/in/d/" + from + "/"))
                        .map(topic -> Long.parseLong(topic.split("/")[6]))
                        .toList();
                assertThat(seqs).as(from).isSorted();
            }
            bob.disconnect();
            bob.arrived.clear();
            bob.connect();
            service(broker, "news0").messages("{\"to\":\"d/bob\",\"body\":\"last\"}");
            await().until(() -> !bob.arrived.isEmpty());
            assertThat(Arrived.texts(bob.arrived)).containsExactly("last");
            bob.close();
        }
    }

    @Test
    void urgentOne_acknowledged_staysSo_afterAKill_andOneThatWasNotComesFirstAgain(@TempDir Path folder)
            throws Exception {
        try (BrokerProcess broker = new BrokerProcess(folder)) {
            Device5 bob =
                    new Device5(broker, "bob", "phone").connect().subscribe().disconnect();
            send(service(broker, "news"), "d/bob", 1, 2_000);
            service(broker, "alarm").messages("{\"to\":\"d/bob\",\"body\":\"fire\",\"prio\":\"high\"}");
            broker.kill();
            broker.start();
            bob.connect();
            await().until(() -> bob.arrived.size() > 100);
            assertThat(bob.arrived.get(0).text()).isEqualTo("fire");
            bob.cut();
            broker.kill();
            broker.start();
            int before = bob.arrived.size();
            bob.connect();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bob.arrived.stream().anyMatch(one -> one.text().equals("m2000")));
            List<Arrived> again = bob.arrived.subList(before, bob.arrived.size());
            assertThat(again.stream().filter(one -> one.text().equals("fire")))
                    .as("again at most if the cursor was lost, and then first and marked")
                    .allMatch(one -> one.dup() && again.indexOf(one) == 0)
                    .hasSizeLessThan(2);
            assertThat(bob.arrived.stream().map(Arrived::text).distinct()).hasSize(2_001);
            bob.close();
        }
    }

    @Test
    void urgentWithoutTheRole_waitsInItsTurn() throws Exception {
        try (TestBroker broker = new TestBroker(data)) {
            Device5 bob =
                    new Device5(broker, "bob", "phone").connect().subscribe().disconnect();
            send(service(broker, "news"), "d/bob", 1, 200);
            HttpCaller.of(broker, "ann").messages("{\"to\":\"d/bob\",\"body\":\"me first\",\"prio\":\"high\"}");
            bob.connect();
            await().until(() -> bob.arrived.size() == 201);
            assertThat(bob.arrived.get(200).text()).isEqualTo("me first");
            bob.close();
        }
    }
}
