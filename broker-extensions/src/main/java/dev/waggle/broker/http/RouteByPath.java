package dev.waggle.broker.http;

import dev.waggle.spec.message.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One door of several routes: the route with the longest prefix of the path answers. Immutable. */
public final class RouteByPath implements Route {
    private final List<Map.Entry<String, Route>> longestFirst;
    private final String prefixes;

    /** @param routes by the beginning of their paths, such as {@code /auth/} */
    public RouteByPath(Map<String, Route> routes) {
        Comparator<Map.Entry<String, Route>> byLength =
                Comparator.comparingInt(route -> route.getKey().length());
        this.longestFirst =
                routes.entrySet().stream().sorted(byLength.reversed()).toList();
        this.prefixes = String.join(", ", new TreeMap<>(routes).keySet());
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        for (Map.Entry<String, Route> route : longestFirst) {
            if (request.path().startsWith(route.getKey())) {
                route.getValue().handle(request, answer);
                return;
            }
        }
        answer.accept(HttpAnswer.refused(Refusal.NOT_FOUND, "this door has " + prefixes));
    }
}
