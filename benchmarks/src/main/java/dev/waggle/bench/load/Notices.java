package dev.waggle.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A service that has one notice for each of many users and sends it, in batches, until it has an answer for each. Confined
 * to one thread.
 */
public final class Notices {
    private static final int BATCH = 1_000;
    private static final long PAUSE_NANOS = 50_000_000;

    private final Supplier<HttpCalls> service;
    private final int users;
    private final Duration limit;
    private long repeats;

    /**
     * @param service asked again for each batch, for a broker that was started again may have other ports
     * @param users {@code n0 … n{users-1}}
     * @param limit for one round
     */
    public Notices(Supplier<HttpCalls> service, int users, Duration limit) {
        this.service = service;
        this.users = users;
        this.limit = limit;
    }

    /**
     * Sends one notice to each.
     *
     * @param id what keys begin with: the same again is the same notice
     * @return the seq that each has
     */
    public long[] send(String id) {
        long end = System.nanoTime() + limit.toNanos();
        long[] seqs = new long[users];
        List<Integer> open = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            open.add(user);
        }
        while (!open.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(open.size() + " notices have no answer after " + limit);
            }
            List<Integer> batch = open.subList(0, Math.min(BATCH, open.size()));
            JsonNode answers = answers(id, batch);
            List<Integer> unanswered = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                long seq = answers.path(i).path("seq").asLong();
                if (seq == 0) {
                    unanswered.add(batch.get(i));
                }
                seqs[batch.get(i)] = seq;
            }
            batch.clear();
            if (!unanswered.isEmpty()) {
                repeats += unanswered.size();
                open.addAll(unanswered);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return seqs;
    }

    /** Notices that were sent again because they had no answer. */
    public long repeats() {
        return repeats;
    }

    /** Nothing if the broker is not there, or does not take the batch. */
    private JsonNode answers(String id, List<Integer> batch) {
        StringBuilder json = new StringBuilder("[");
        for (int user : batch) {
            json.append(json.length() == 1 ? "" : ",")
                    .append("{\"to\":\"d/n")
                    .append(user)
                    .append("\",\"body\":\"a notice of some length, as they are: ")
                    .append(user)
                    .append("\",\"id\":\"")
                    .append(id)
                    .append('-')
                    .append(user)
                    .append("\"}");
        }
        try {
            return Json.tree(service.get().messages(json.append(']').toString()));
        } catch (UncheckedIOException | IllegalStateException gone) {
            return MissingNode.getInstance();
        }
    }
}
