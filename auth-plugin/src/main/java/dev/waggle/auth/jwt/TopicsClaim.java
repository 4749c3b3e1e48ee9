package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claim in which a token narrows its rights to ordinary topics: an array of texts like {@code publish a/b/# qos<=1}.
 * What is not understood opens nothing: missing where it must be there, empty, another form, one bad entry, too many. The
 * token is good all the same, for the chat does not depend on it.
 */
final class TopicsClaim {
    private TopicsClaim() {}

    /** @return null if the token says nothing of topics and need not */
    static @Nullable List<TopicGrant> read(JsonNode claims, ClaimRules rules) {
        String name = rules.topics();
        if (name == null || !claims.has(name) && !rules.topicsNeeded()) {
            return null;
        }
        JsonNode claim = claims.path(name);
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : claim) {
            if (!claim.isArray() || !entry.isTextual()) {
                return List.of();
            }
            texts.add(entry.textValue());
        }
        return TopicList.parse(texts).fold(grants -> grants, reason -> List.of());
    }
}
