package dev.waggle.broker.conformance;

import dev.waggle.spec.Parsed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Users from a list of lines {@code user device token}, each user for one check; device {@code *}: any. Any thread. */
public final class ListedAccounts implements Accounts {

    /** As many as {@code waggle token --count} makes. */
    private static final int MOST_LINES = 1_000_000;

    private static final String ANY_DEVICE = "*";

    private final Queue<Account> left;

    private ListedAccounts(Collection<? extends Account> listed) {
        this.left = new ConcurrentLinkedQueue<>(listed);
    }

    /** @return a reason with the number of the line if one is of another form */
    public static Parsed<ListedAccounts> parse(List<String> lines) {
        if (lines.size() > MOST_LINES) {
            return Parsed.bad("the list has over " + MOST_LINES + " lines");
        }
        Map<String, Listed> users = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] words = line.strip().split("\\s+", -1);
            if (words.length != 3) {
                return Parsed.bad("line " + number + " is not 'user device token'; the device * is any");
            }
            users.computeIfAbsent(words[0], user -> new Listed(user, new ArrayList<>()))
                    .tokens()
                    .add(new Account.DeviceToken(words[1], words[2]));
        }
        return Parsed.ok(new ListedAccounts(users.values()));
    }

    @Override
    public Optional<Account> fresh() {
        return Optional.ofNullable(left.poll());
    }

    private record Listed(String user, List<DeviceToken> tokens) implements Account {

        @Override
        public Optional<DeviceToken> device(String wish, int index) {
            for (DeviceToken token : tokens) {
                if (token.device().equals(ANY_DEVICE)) {
                    return Optional.of(new DeviceToken(wish, token.token()));
                }
            }
            return index < tokens.size() ? Optional.of(tokens.get(index)) : Optional.empty();
        }
    }
}
