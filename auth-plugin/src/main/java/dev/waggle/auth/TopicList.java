package dev.waggle.auth;

import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What one token says of ordinary topics: some grants. The list has a limit, for each publish is held against all. */
public final class TopicList {
    /** Entries. */
    public static final int MOST = 32;

    /** Bytes of all entries together, in UTF-8: with them a token of the local issuer still fits into its 2,000. */
    public static final int LONGEST = 512;

    private TopicList() {}

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** All of it, or why not; total. */
    public static Parsed<List<TopicGrant>> parse(List<String> texts) {
        if (texts.size() > MOST || texts.stream().mapToInt(TopicList::bytes).sum() > LONGEST) {
            return Parsed.bad(
                    "a token names topics with at most " + MOST + " entries and " + LONGEST + " bytes together");
        }
        List<TopicGrant> grants = new ArrayList<>(texts.size());
        for (String text : texts) {
            Parsed<TopicGrant> grant = TopicGrant.parse(text);
            if (grant instanceof Parsed.Bad<TopicGrant> bad) {
                return Parsed.bad("'" + text + "': " + bad.reason());
            }
            grants.add(grant.get());
        }
        return Parsed.ok(List.copyOf(grants));
    }
}
