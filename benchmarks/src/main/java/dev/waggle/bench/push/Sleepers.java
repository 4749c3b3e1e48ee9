package dev.waggle.bench.push;

import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.Waggle;
import dev.waggle.bench.target.WaggleFolder.Account;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Users whose devices are registered for pushes and never connect, and somebody who writes to them. */
public final class Sleepers {
    /** Of ten messages, so many go to one in a hundred of them: some conversations are busy. */
    private static final int BUSY_OF_TEN = 3;

    private final Waggle broker;
    private final int first;
    private final int count;
    private final Random random;

    /** @param first number of the first one among the broker's accounts */
    public Sleepers(Waggle broker, int first, int count, Random random) {
        this.broker = broker;
        this.first = first;
        this.count = count;
        this.random = random;
    }

    /** @param registration arguments of {@code push.register} for each of them */
    public void register(IntFunction<String> registration) {
        HttpCalls calls = new HttpCalls(broker.ready().http(), "");
        for (int i = 0; i < count; i++) {
            Account account = broker.accounts().get(first + i);
            calls.as(account.token()).call("push.register", registration.apply(i));
        }
    }

    /**
     * Writes to them, in batches, for a while.
     *
     * @param sender number of the account that writes; with the role service
     * @return messages sent
     */
    public long write(HttpCalls sender, int perSecond, Duration time) {
        int batch = Math.max(1, perSecond / 10);
        long end = System.nanoTime() + time.toNanos();
        long next = System.nanoTime();
        long sent = 0;
        while (System.nanoTime() < end) {
            StringBuilder body = new StringBuilder("[");
            for (int i = 0; i < batch; i++) {
                String to = broker.accounts().get(first + choose()).user();
                body.append(i == 0 ? "" : ",")
                        .append("{\"to\":\"d/")
                        .append(to)
                        .append("\",\"body\":\"")
                        .append(System.nanoTime())
                        .append("\"}");
            }
            sender.messages(body.append("]").toString());
            sent += batch;
            next += 100_000_000L;
            LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
        }
        return sent;
    }

    private int choose() {
        return random.nextInt(10) < BUSY_OF_TEN ? random.nextInt(Math.max(1, count / 100)) : random.nextInt(count);
    }

    /** Registrations with the webhook, which may tell the text. */
    public static IntFunction<String> atWebhook() {
        return i -> "{\"provider\":\"webhook\",\"token\":\"w" + i + "\",\"privacy\":\"preview\"}";
    }

    /** A third each with the webhook, FCM and APNs. */
    public static IntFunction<String> everywhere() {
        List<IntFunction<String>> three = List.of(
                atWebhook(),
                i -> "{\"provider\":\"fcm\",\"token\":\"f" + i + "\"}",
                i -> "{\"provider\":\"apns\",\"token\":\"" + String.format("%064x", i) + "\"}");
        return i -> three.get(i % three.size()).apply(i);
    }
}
