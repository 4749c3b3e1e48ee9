package dev.waggle.broker.conformance.sentence;

import dev.waggle.broker.conformance.Check;
import java.util.List;
import java.util.stream.Stream;

/** All sentences that are tried, in the order of {@code chat-topics-spec/CONFORMANCE.md}. */
public final class Sentences {

    private Sentences() {}

    public static List<Check> all() {
        return Stream.of(
                        Credentials.all(),
                        Connecting.all(),
                        Connection.all(),
                        Topics.all(),
                        Sending.all(),
                        Sent.all(),
                        Keys.all(),
                        Filters.all(),
                        Receiving.all(),
                        Sessions.all(),
                        Beginnings.all(),
                        Windows.all(),
                        Gaps.all(),
                        Groups.all(),
                        Leaving.all(),
                        Calls.all(),
                        Histories.all(),
                        Inboxes.all(),
                        BinaryAnswers.all(),
                        Erasures.all(),
                        Marks.all(),
                        Blocks.all(),
                        Mutes.all(),
                        Devices.all(),
                        Ephemerals.all(),
                        GroupChanges.all(),
                        Entrances.all(),
                        Priorities.all(),
                        Reporting.all())
                .flatMap(List::stream)
                .toList();
    }
}
