package dev.waggle.broker.cli;

import dev.waggle.broker.config.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** All problems of a configuration as text, one a line. */
final class ProblemList {

    private ProblemList() {}

    static String text(List<Problem> problems) {
        return (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + " in the configuration:"
                + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining());
    }
}
