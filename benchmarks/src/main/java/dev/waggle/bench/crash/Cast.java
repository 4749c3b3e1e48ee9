package dev.waggle.bench.crash;

import dev.waggle.bench.crash.Ledger.Row;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.WaggleFolder.Account;
import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Connect;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Publishers and durable receivers, every second one of each in MQTT 3.1.1, who talk one to one and in one group of
 * all.
 */
public final class Cast implements AutoCloseable {
    private static final String GROUP = "crew";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Loop loop;
    private final Ledger ledger = new Ledger();
    private final List<Account> accounts;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();

    /**
     * @param accounts the first {@code publishing} of them publish, the others receive
     * @param perSecond messages per second of each publisher
     */
    public Cast(Loop loop, int port, List<Account> accounts, int publishing, int perSecond, long seed) {
        this.loop = loop;
        this.accounts = accounts;
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> conversations = accounts.subList(publishing, accounts.size()).stream()
                .map(account -> "d/" + account.user())
                .collect(Collectors.toCollection(ArrayList::new));
        conversations.add("g/" + GROUP);
        for (int i = 0; i < accounts.size(); i++) {
            Account account = accounts.get(i);
            Connect connect = Connect.of(account.user() + "." + account.device(), account.user(), account.token())
                    .mqtt(i % 2 == 0 ? 5 : 4);
            if (i < publishing) {
                publishers.add(new Publisher(loop, address, connect, conversations, ledger, random.split(), perSecond));
            } else {
                receivers.add(new Receiver(loop, address, connect.durable(false, 3600), ledger, random.split()));
            }
        }
    }

    /** Receivers come first and subscribe, then the group is made, then publishers begin. */
    public void begin(int httpPort) {
        loop.execute(() -> receivers.forEach(Receiver::start));
        Waiting.until(
                "receivers subscribe",
                LIMIT,
                () -> loop.ask(() -> receivers.stream().allMatch(Receiver::ready)));
        String members = accounts.stream()
                .skip(1)
                .map(account -> "\"" + account.user() + "\"")
                .collect(Collectors.joining(","));
        as(accounts.get(0), httpPort)
                .call("group.create", "{\"group\":\"" + GROUP + "\",\"members\":[" + members + "]}");
        loop.execute(() -> publishers.forEach(Publisher::start));
    }

    public long acknowledged() {
        return loop.ask(ledger::acknowledgedRows);
    }

    /** Negative acknowledgements of all publishers by reason code. */
    public Map<Integer, Integer> refusals() {
        return loop.ask(() -> {
            Map<Integer, Integer> sum = new TreeMap<>();
            publishers.forEach(
                    publisher -> publisher.refusals().forEach((code, n) -> sum.merge(code, n, Integer::sum)));
            return sum;
        });
    }

    /** No new messages; returns when all that were sent are acknowledged. */
    public void finish() {
        loop.execute(() -> publishers.forEach(Publisher::finish));
        Waiting.until(
                "all messages are acknowledged",
                LIMIT,
                () -> loop.ask(() -> publishers.stream().allMatch(Publisher::finished)));
    }

    /** Holds the log and what the devices have against the ledger. After {@link #finish()}. */
    public Verdict judge(int httpPort) {
        LogCheck log = new LogCheck(ledger);
        List<Row> rows = loop.ask(ledger::rows);
        Map<Receiver, Map<String, Long>> expected = new LinkedHashMap<>();
        int publishing = publishers.size();
        long last = log.check(
                as(accounts.get(0), httpPort),
                "g/" + GROUP,
                rows.stream()
                        .filter(row -> row.conversation.equals("g/" + GROUP))
                        .toList());
        for (int r = 0; r < receivers.size(); r++) {
            Account receiver = accounts.get(publishing + r);
            Map<String, Long> ends = new TreeMap<>(Map.of("g/" + GROUP, last));
            for (Account publisher : accounts.subList(0, publishing)) {
                List<Row> sent = rows.stream()
                        .filter(row ->
                                row.author.equals(publisher.user()) && row.conversation.equals("d/" + receiver.user()))
                        .toList();
                long end = log.check(as(receiver, httpPort), "d/" + publisher.user(), sent);
                if (end > 0) {
                    ends.put("d/" + publisher.user(), end);
                }
            }
            expected.put(receivers.get(r), ends);
        }
        boolean complete = Waiting.whether(
                Duration.ofSeconds(30),
                () -> loop.ask(() -> expected.entrySet().stream()
                        .allMatch(entry -> entry.getKey().highest().equals(entry.getValue()))));
        return loop.ask(() -> {
            if (!complete) {
                expected.forEach((receiver, ends) -> {
                    if (!receiver.highest().equals(ends)) {
                        ledger.violation(receiver.summary() + " has " + receiver.highest() + ", the log " + ends);
                    }
                });
            }
            List<String> lines = new ArrayList<>(List.of("ledger: " + ledger.summary(), "log: " + log.summary()));
            receivers.forEach(receiver -> lines.add(receiver.summary()));
            return new Verdict(lines, ledger.violations());
        });
    }

    /**
     * @param lines what was counted
     * @param violations what must not be; at most 50
     */
    public record Verdict(List<String> lines, List<String> violations) {}

    private static HttpCalls as(Account account, int httpPort) {
        return new HttpCalls(httpPort, account.token());
    }

    @Override
    public void close() {
        loop.ask(() -> {
            publishers.forEach(Publisher::stop);
            receivers.forEach(Receiver::stop);
            return true;
        });
    }
}
