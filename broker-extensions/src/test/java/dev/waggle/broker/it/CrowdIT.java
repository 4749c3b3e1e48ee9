package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.gateway.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand durable devices, half of them here, half of them away, while the program is killed ({@code kill -9})
 * under four writers: all come back to their sessions without subscribing and get what they missed, in order.
 */
class CrowdIT {
    private static final int DEVICES = 2_000;
    private static final int WRITERS = 4;

    /** What is written to everybody: two before the kill, one under it, one after it. */
    private static final List<String> TEXTS = List.of("one", "two", "three", "four");

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<Member> members = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private BrokerProcess broker;

    private record Member(RawDevice device, boolean stays) {}

    /** A service that writes to its share of the members, one after another. */
    private record Writer(Device5 device, List<Member> share) {

        /** Returns those for whom there is no acknowledgement, if the connection ended first. */
        List<Member> write(String text, List<Member> to, AtomicInteger acknowledged) {
            for (int i = 0; i < to.size(); i++) {
                String user = to.get(i).device().user();
                try {
                    assertThat(device.send("d/" + user, text, text + "-" + user).reasonCode())
                            .isZero();
                    acknowledged.incrementAndGet();
                } catch (MqttException ended) {
                    return to.subList(i, to.size());
                }
            }
            return List.of();
        }
    }

    private interface Step<T> {
        void of(T one) throws Exception;
    }

    @BeforeEach
    void start() throws Exception {
        broker = new BrokerProcess(folder);
        List<String> users = IntStream.range(0, DEVICES).mapToObj(i -> "u" + i).toList();
        List<String> tokens = broker.tokens(users, "d");
        for (int i = 0; i < DEVICES; i++) {
            members.add(new Member(new RawDevice(broker, users.get(i), "d", tokens.get(i)), i / WRITERS % 2 == 0));
        }
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            List<Member> share = IntStream.range(0, DEVICES)
                    .filter(member -> member % WRITERS == number)
                    .mapToObj(members::get)
                    .toList();
            writers.add(new Writer(new Device5(broker, "writer" + i, "d").asService(), share));
        }
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        broker.close();
        members.forEach(member -> member.device().close());
    }

    @Test
    void kill_underTraffic_everybodyReturnsToItsSessionAndGetsWhatItMissed() throws Exception {
        finish(forEach(members, CrowdIT::install));
        finish(forEach(writers, writer -> {
            writer.device().connect();
            assertThat(writer.write("one", writer.share(), new AtomicInteger())).isEmpty();
            assertThat(writer.write("two", writer.share(), new AtomicInteger())).isEmpty();
        }));
        finish(forEach(members, CrowdIT::takeTwoAcknowledgeOne));

        AtomicInteger acknowledged = new AtomicInteger();
        List<List<Member>> inDoubt = new ArrayList<>(List.of(List.of(), List.of(), List.of(), List.of()));
        List<Future<Void>> writing = forEach(
                writers,
                writer -> inDoubt.set(writers.indexOf(writer), writer.write("three", writer.share(), acknowledged)));
        await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.get() >= DEVICES / 2);
        broker.kill();
        finish(writing);
        assertThat(inDoubt).noneMatch(List::isEmpty);

        broker.start();
        finish(forEach(writers, writer -> {
            writer.device().connect();
            List<Member> rest = inDoubt.get(writers.indexOf(writer));
            assertThat(writer.write("three", rest, acknowledged)).isEmpty();
            assertThat(writer.write("four", writer.share(), acknowledged)).isEmpty();
        }));
        finish(forEach(members, CrowdIT::returnAndTakeAll));
    }

    private static void install(Member member) {
        assertThat(member.device().connect()).isFalse();
        member.device().subscribe();
        if (!member.stays()) {
            member.device().disconnect();
        }
    }

    /** The others are away. */
    private static void takeTwoAcknowledgeOne(Member member) {
        if (member.stays()) {
            member.device().acknowledge(taken(member, 1));
            assertThat(taken(member, 2).dup()).isFalse();
        }
    }

    private static void returnAndTakeAll(Member member) {
        String user = member.device().user();
        assertThat(member.device().connect()).as("Session Present of %s", user).isTrue();
        Delivery first = member.device().next().orElseThrow();
        long seq = seq(first);
        // The cursor may have fallen back by what was acknowledged just before the kill.
        assertThat(seq).isBetween(1L, member.stays() ? 2L : 1L);
        for (Delivery delivery = first; ; delivery = taken(member, ++seq)) {
            assertThat(delivery.payload().asUtf8()).isEqualTo(TEXTS.get((int) seq - 1));
            assertThat(delivery.dup() || !member.stays() || seq > 2)
                    .as("DUP of %s, seq %d", user, seq)
                    .isTrue();
            member.device().acknowledge(delivery);
            if (seq == TEXTS.size()) {
                return;
            }
        }
    }

    private static Delivery taken(Member member, long seq) {
        Delivery delivery = member.device().next().orElseThrow();
        assertThat(seq(delivery)).as("seq of %s", delivery.topic()).isEqualTo(seq);
        return delivery;
    }

    /** Of {@code u/{me}/in/d/{peer}/{from}/{seq}/{ts}}. */
    private static long seq(Delivery delivery) {
        return Long.parseLong(delivery.topic().split("/")[6]);
    }

    private <T> List<Future<Void>> forEach(List<T> all, Step<T> step) {
        return all.stream()
                .map(one -> threads.submit((Callable<Void>) () -> {
                    step.of(one);
                    return null;
                }))
                .toList();
    }

    private static void finish(List<Future<Void>> steps) throws Exception {
        for (Future<Void> step : steps) {
            step.get();
        }
    }
}
