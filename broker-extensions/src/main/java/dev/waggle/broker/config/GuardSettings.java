package dev.waggle.broker.config;

import dev.waggle.auth.limit.BanLadder;
import dev.waggle.broker.inbound.RateLimit;
import dev.waggle.spec.NetworkRange;
import dev.waggle.spec.Parsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The keys of what keeps one client from taking the place of others. */
final class GuardSettings {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static final Setting<Integer> CONNECTIONS = new Setting<>(
            "limits.connections.perUser",
            "connections",
            "100",
            Kind.whole(1, 1_000_000),
            "connections of one user at a time");
    static final Setting<Integer> SERVICE_CONNECTIONS = new Setting<>(
            "limits.service.connections",
            "connections",
            "2000",
            Kind.whole(1, 1_000_000),
            "connections of one user with the role service at a time");
    static final Setting<Double> DEVICE_CONNECTS_RATE =
            Settings.rate("limits.deviceConnects.rate", "5", "new connections of one device");
    static final Setting<Integer> DEVICE_CONNECTS_BURST =
            Settings.burst("limits.deviceConnects.burst", "200", "new connections at once of one device");
    static final Setting<Double> ORDINARY_RATE = Settings.rate(
            "limits.ordinary.rate",
            "1000",
            "publishes of one user on topics outside u/; above it, less is read from the connection");
    static final Setting<Integer> ORDINARY_BURST =
            Settings.burst("limits.ordinary.burst", "5000", "such publishes at once");
    static final Setting<Double> FILTERS_RATE = Settings.rate(
            "limits.filters.rate",
            "20",
            "SUBSCRIBE and UNSUBSCRIBE of one user; above it, less is read from the connection");
    static final Setting<Integer> FILTERS_BURST = Settings.burst("limits.filters.burst", "500", "of them at once");
    static final Setting<Double> FAILURES_RATE = Settings.rate(
            "limits.failures.rate",
            "1",
            "refused connections, tokens and log-ins from one address; above it, it is banned");
    static final Setting<Integer> FAILURES_BURST = Settings.burst("limits.failures.burst", "100", "of them at once");
    static final Setting<Duration> FIRST_BAN = new Setting<>(
            "limits.bans.first",
            "",
            "1m",
            Kind.span("0s", "1d"),
            "length of the first ban, each next one five times longer; 0s: nobody is banned");
    static final Setting<Duration> LONGEST_BAN =
            new Setting<>("limits.bans.longest", "", "24h", Kind.span("1s", "30d"), "what a ban grows to");
    static final Setting<List<NetworkRange>> EXEMPT = new Setting<>(
            "limits.bans.exempt",
            "",
            "127.0.0.0/8,::1",
            new Kind<>("a list of addresses or networks such as 10.0.0.0/8", GuardSettings::ranges),
            "never banned: proxies, behind which all clients have one address");

    static final List<Setting<?>> ALL = List.of(
            CONNECTIONS,
            DEVICE_CONNECTS_RATE,
            DEVICE_CONNECTS_BURST,
            ORDINARY_RATE,
            ORDINARY_BURST,
            FILTERS_RATE,
            FILTERS_BURST,
            FAILURES_RATE,
            FAILURES_BURST,
            FIRST_BAN,
            LONGEST_BAN,
            EXEMPT);

    private GuardSettings() {}

    static WaggleConfig.GuardLimits read(Values values) {
        return new WaggleConfig.GuardLimits(
                values.of(CONNECTIONS),
                values.of(SERVICE_CONNECTIONS),
                new RateLimit(values.of(DEVICE_CONNECTS_RATE), values.of(DEVICE_CONNECTS_BURST)),
                new RateLimit(values.of(ORDINARY_RATE), values.of(ORDINARY_BURST)),
                new RateLimit(values.of(FILTERS_RATE), values.of(FILTERS_BURST)),
                new BanLadder.Terms(
                        values.of(FAILURES_BURST),
                        Duration.ofNanos(Math.round(SECOND.toNanos() / values.of(FAILURES_RATE))),
                        values.of(FIRST_BAN),
                        values.of(LONGEST_BAN),
                        values.of(EXEMPT)));
    }

    private static Parsed<List<NetworkRange>> ranges(List<String> words) {
        List<NetworkRange> ranges = new ArrayList<>();
        for (String word : words.stream()
                .flatMap(each -> Stream.of(each.split(",")))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList()) {
            Parsed<NetworkRange> range = NetworkRange.parse(word);
            if (range instanceof Parsed.Bad<NetworkRange> bad) {
                return Parsed.bad("holds '" + word + "', which " + bad.reason());
            }
            ranges.add(range.get());
        }
        return Parsed.ok(List.copyOf(ranges));
    }
}
