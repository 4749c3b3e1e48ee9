package dev.waggle.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Log-ins with a password, then renewals, on a few connections at once; each thread has an account of its own. */
public final class LogIns {
    private static final int THREADS = 4;
    private static final Pattern REFRESH = Pattern.compile("\"refresh_token\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    private LogIns(int port) {
        this.port = port;
    }

    public record Outcome(double perSecond, double renewalsPerSecond) {}

    /** @param port of the public HTTP on this machine, where registration is open */
    public static Outcome measure(int port, Duration each) {
        LogIns logIns = new LogIns(port);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            tokens.add(logIns.refreshToken(logIns.post("/auth/register", account(i))));
        }
        // Each log-in on a device ends the one before.
        double logged =
                logIns.rate(each, i -> tokens.set(i, logIns.refreshToken(logIns.post("/auth/token", account(i)))));
        double renewed = logIns.rate(
                each,
                i -> tokens.set(
                        i,
                        logIns.refreshToken(
                                logIns.post("/auth/refresh", "{\"refresh_token\":\"" + tokens.get(i) + "\"}"))));
        return new Outcome(logged, renewed);
    }

    private interface Act {
        void by(int thread);
    }

    private double rate(Duration length, Act act) {
        AtomicLong done = new AtomicLong();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        List<Thread> threads = new ArrayList<>();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        act.by(number);
                        done.incrementAndGet();
                    }
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return done.get() * 1e9 / (System.nanoTime() - start);
    }

    private static String account(int number) {
        return "{\"user\":\"bench" + number + "\",\"password\":\"a password of the bench\",\"device\":\"d\"}";
    }

    private String refreshToken(String answer) {
        Matcher found = REFRESH.matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("no refresh token in the answer");
        }
        return found.group(1);
    }

    private String post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
