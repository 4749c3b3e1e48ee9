package dev.waggle.broker.cli.demo;

import dev.waggle.broker.cli.demo.Story.Sent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each device must have seen, by what was acknowledged, and whether it has. */
final class Verdicts {

    private record Line(String conversation, long seq, String from, String text) {}

    private final List<Sent> acknowledged;
    private final List<String> members;

    /** @param members users of the group */
    Verdicts(List<Sent> acknowledged, List<String> members) {
        this.acknowledged = acknowledged;
        this.members = members;
    }

    /** True once everything has arrived; order and repeats are for {@link #problems}. */
    boolean complete(Device device) {
        return messages(device).containsAll(expected(device));
    }

    /** Readable; empty if the device saw exactly what it must, in order. */
    List<String> problems(Device device) {
        List<String> problems = new ArrayList<>();
        Map<String, List<Line>> expected = byConversation(expected(device));
        Map<String, List<Line>> seen = byConversation(messages(device));
        expected.forEach((conversation, lines) -> {
            List<Line> got = seen.getOrDefault(conversation, List.of());
            if (!got.equals(lines)) {
                problems.add(device.name() + " saw of " + conversation + " the numbers " + numbers(got)
                        + " and should have seen " + numbers(lines));
            }
        });
        seen.forEach((conversation, lines) -> {
            if (!expected.containsKey(conversation)) {
                problems.add(device.name() + " saw " + conversation + ", which is none of its business");
            }
        });
        return problems;
    }

    /** Everything of the user's conversations that this very device did not send, by number. */
    private List<Line> expected(Device device) {
        return acknowledged.stream()
                .filter(sent -> sent.by() != device)
                .filter(sent -> sent.to().startsWith("g/")
                        ? members.contains(device.user())
                        : sent.by().user().equals(device.user()) || sent.to().equals("d/" + device.user()))
                .map(sent ->
                        new Line(seenFrom(device, sent), sent.seq(), sent.by().user(), sent.text()))
                .sorted(Comparator.comparingLong(Line::seq))
                .toList();
    }

    /** A one-to-one conversation has another name on each side. */
    private static String seenFrom(Device device, Sent sent) {
        return sent.to().equals("d/" + device.user()) ? "d/" + sent.by().user() : sent.to();
    }

    private static List<Line> messages(Device device) {
        return device.seen().stream()
                .filter(one -> !one.text().equals("member"))
                .map(one -> new Line(one.conversation(), one.seq(), one.from(), one.text()))
                .toList();
    }

    private static Map<String, List<Line>> byConversation(List<Line> lines) {
        return lines.stream().collect(Collectors.groupingBy(Line::conversation, TreeMap::new, Collectors.toList()));
    }

    private static List<Long> numbers(List<Line> lines) {
        return lines.stream().map(Line::seq).toList();
    }
}
