package dev.waggle.broker.http.admin;

import dev.waggle.broker.http.HttpRequest;
import dev.waggle.spec.Parsed;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param after what the page before said, or null
 * @param limit 1 to 1,000 lines
 */
record Paging(@Nullable String after, int limit) {
    private static final int MOST = 1_000;
    private static final int DEFAULT = 100;

    /** @param others parameters that the path knows besides */
    static Parsed<Paging> read(HttpRequest request, Set<String> others) {
        Set<String> unknown = new TreeSet<>(request.query().keySet());
        unknown.removeAll(others);
        unknown.removeAll(Set.of("after", "limit"));
        if (!unknown.isEmpty()) {
            return Parsed.bad("the address may have after, limit and " + others + ", not " + unknown);
        }
        String limit = request.query().getOrDefault("limit", "" + DEFAULT);
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            return Parsed.bad("limit is a number from 1 to " + MOST);
        }
        return Parsed.ok(new Paging(request.query().get("after"), Integer.parseInt(limit)));
    }
}
