package dev.waggle.broker.session;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The filters of one connection on ordinary topics, which the host serves. At most as many as a device may have. */
@RunsOn("connection")
final class HostedFilters {
    private Map<String, Filter> filters = Map.of();

    /** What a change of rights takes away. */
    record Loss(List<String> ended, List<Filter> lowered) {
        boolean isNone() {
            return ended.isEmpty() && lowered.isEmpty();
        }
    }

    void restore(List<Filter> kept) {
        change(kept, List.of(), filter -> false);
    }

    /** @param isOwn true for filters that the chat serves, which are left out */
    void change(List<Filter> add, List<String> remove, Predicate<String> isOwn) {
        Map<String, Filter> next = new LinkedHashMap<>(filters);
        remove.forEach(next::remove);
        add.stream().filter(filter -> !isOwn.test(filter.topic())).forEach(filter -> next.put(filter.topic(), filter));
        filters = Map.copyOf(next);
    }

    List<Filter> all() {
        return List.copyOf(filters.values());
    }

    /** Keeps what is granted, with no higher QoS than granted. */
    Loss lose(UnaryOperator<List<Filter>> granted) {
        Map<String, Filter> rest = new LinkedHashMap<>();
        granted.apply(all()).forEach(filter -> rest.put(filter.topic(), filter));
        List<String> ended = new ArrayList<>();
        List<Filter> lowered = new ArrayList<>();
        filters.forEach((topic, filter) -> {
            Filter now = rest.get(topic);
            if (now == null) {
                ended.add(topic);
            } else if (now.qos() < filter.qos()) {
                lowered.add(now);
            }
        });
        filters = Map.copyOf(rest);
        return new Loss(ended, lowered);
    }
}
