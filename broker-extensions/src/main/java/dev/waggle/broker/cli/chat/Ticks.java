package dev.waggle.broker.cli.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.spec.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far others have received and read what was sent from here. One thread. */
final class Ticks {

    /** Only what reaches a message of ours is news. */
    private record Told(long delivered, long read) {}

    /** More people than marks are told of in one conversation. */
    private static final int MOST_PEOPLE = 1_024;

    private final UserId me;
    private final Map<String, Told> told = new HashMap<>();
    private final List<Long> mine = new ArrayList<>();

    Ticks(UserId me) {
        this.me = me;
    }

    /** This seq is a message of ours. Ascending. */
    void sent(long seq) {
        mine.add(seq);
        if (mine.size() > MOST_PEOPLE) {
            mine.remove(0); // long read, or nobody will
        }
    }

    /** @param json of a {@code mark} */
    List<String> marked(String json) {
        JsonNode marks;
        try {
            marks = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException noJson) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        marks.fieldNames().forEachRemaining(user -> {
            if (!user.equals(me.value()) && (told.containsKey(user) || told.size() < MOST_PEOPLE)) {
                JsonNode mark = marks.path(user);
                moved(user, mark.path(0).asLong(), mark.path(1).asLong()).ifPresent(lines::add);
            }
        });
        return lines;
    }

    private Optional<String> moved(String user, long delivered, long read) {
        Told before = told.getOrDefault(user, new Told(0, 0));
        Told now = new Told(reached(delivered), reached(read));
        if (now.read() > before.read()) {
            told.put(user, new Told(Math.max(before.delivered(), now.delivered()), now.read()));
            return Optional.of("  ✓✓ " + user + " has read up to #" + now.read());
        } else if (now.delivered() > before.delivered()) {
            told.put(user, new Told(now.delivered(), before.read()));
            return Optional.of("  ✓✓ " + user + " has received up to #" + now.delivered());
        }
        return Optional.empty();
    }

    /** The last message of ours at or below a mark; 0 if there is none. */
    private long reached(long mark) {
        long reached = 0;
        for (long seq : mine) {
            if (seq <= mark) {
                reached = seq;
            }
        }
        return reached;
    }
}
