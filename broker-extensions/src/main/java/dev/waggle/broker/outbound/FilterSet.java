package dev.waggle.broker.outbound;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.topic.TopicFilters;
import dev.waggle.spec.topic.TopicFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one device inside its user's prefix. Immutable; a change makes a new set. */
public final class FilterSet {
    /** No filter matches. */
    public static final int NO_MATCH = -1;

    private final String prefix;
    private final Map<String, Filter> filters;
    private final Filter[] all;
    private final boolean takesAll;
    private final boolean atLeastOnce;
    private final @Nullable List<Integer> fixedIds;

    private FilterSet(String prefix, Map<String, Filter> filters) {
        this.prefix = prefix;
        this.filters = filters;
        this.all = filters.values().toArray(new Filter[0]);
        Filter everything = filters.get(prefix + "#");
        this.takesAll = everything != null && everything.qos() > 0;
        this.atLeastOnce = filters.values().stream().anyMatch(filter -> filter.qos() > 0);
        this.fixedIds = fixedIds(everything);
    }

    public static FilterSet none(UserId me) {
        return new FilterSet(TopicFormatter.prefix(me), Map.of());
    }

    /** This set with some more or other filters; those outside the prefix are left out: the host serves them. */
    public FilterSet with(List<Filter> add) {
        Map<String, Filter> next = new LinkedHashMap<>(filters);
        for (Filter filter : add) {
            if (isOwn(filter.topic())) {
                next.put(filter.topic(), filter);
            }
        }
        return new FilterSet(prefix, next);
    }

    public FilterSet without(List<String> topics) {
        Map<String, Filter> next = new LinkedHashMap<>(filters);
        topics.forEach(next::remove);
        return new FilterSet(prefix, next);
    }

    /** True if the filter lies in the user's own prefix, so that the chat serves it. */
    public boolean isOwn(String filter) {
        return filter.startsWith(prefix);
    }

    public int size() {
        return all.length;
    }

    /** True if every topic below the prefix is wanted with QoS 1: no need to look closer. */
    public boolean takesAll() {
        return takesAll;
    }

    /** True if anything is wanted with QoS 1. */
    public boolean atLeastOnce() {
        return atLeastOnce;
    }

    /** The highest QoS among the filters that match, at most 1, or {@link #NO_MATCH}. */
    public int qos(String topic) {
        if (takesAll) {
            return 1;
        }
        int qos = NO_MATCH;
        for (Filter filter : all) {
            if (Math.min(filter.qos(), 1) > qos && TopicFilters.matches(filter.topic(), topic)) {
                qos = Math.min(filter.qos(), 1);
            }
        }
        return qos;
    }

    /** Subscription Identifiers of every filter that matches and has one (MQTT 5 §3.3.4). */
    public List<Integer> subscriptionIds(String topic) {
        if (fixedIds != null) {
            return fixedIds;
        }
        List<Integer> ids = new ArrayList<>(all.length);
        for (Filter filter : all) {
            Integer id = filter.subscriptionId();
            if (id != null && TopicFilters.matches(filter.topic(), topic)) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The ids, if they are the same for every topic. */
    private @Nullable List<Integer> fixedIds(@Nullable Filter everything) {
        if (filters.values().stream().map(Filter::subscriptionId).noneMatch(Objects::nonNull)) {
            return List.of();
        }
        Integer id = everything == null ? null : everything.subscriptionId();
        return filters.size() == 1 && id != null ? List.of(id) : null;
    }
}
