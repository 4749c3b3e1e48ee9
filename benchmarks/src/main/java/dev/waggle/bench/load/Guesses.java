package dev.waggle.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Wrong passwords over HTTP, one after the other on several threads. */
public final class Guesses implements Abuser {
    private static final int THREADS = 4;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI door;
    private final Map<String, AtomicLong> answers = new ConcurrentSkipListMap<>();
    private volatile boolean running = true;

    /** @param port of the public HTTP on this machine */
    public Guesses(int port) {
        door = URI.create("http://127.0.0.1:" + port + "/auth/token");
        for (int i = 0; i < THREADS; i++) {
            String prefix = "nobody" + i + "-";
            Thread thread = new Thread(() -> guess(prefix), "guesses");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void guess(String prefix) {
        for (long i = 0; running; i++) {
            String body = "{\"user\":\"" + prefix + i + "\",\"password\":\"guess-" + i + "\",\"device\":\"d\"}";
            HttpRequest request = HttpRequest.newBuilder(door)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                count(Integer.toString(status));
            } catch (IOException e) {
                count("no answer");
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, first -> new AtomicLong()).incrementAndGet();
    }

    @Override
    public String manner() {
        return "wrong passwords on " + THREADS + " connections";
    }

    @Override
    public String outcome() {
        return answers.toString();
    }

    @Override
    public void close() {
        running = false;
    }
}
