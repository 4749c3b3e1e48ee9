package dev.waggle.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.conformance.Outcome.Verdict;
import dev.waggle.broker.conformance.device.Address;
import dev.waggle.broker.conformance.device.SentenceBroken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTest {
    private final Run run = new Run(new Address("127.0.0.1", 1, Duration.ofMillis(1)), Optional::empty);

    private static Check check(String name, Check.Body body) {
        return new Check(name, 1, "It is so.", body);
    }

    @Test
    void outcomes_areToldInOrder_withTheirReasons() throws Exception {
        List<String> told = new ArrayList<>();
        List<Outcome> outcomes = run.all(
                List.of(
                        check("a-holds", stage -> {}),
                        check("a-broken", stage -> {
                            throw new SentenceBroken("it is \u001b[31motherwise");
                        }),
                        check("a-ended", stage -> {
                            throw new IllegalStateException("the library gave up");
                        }),
                        check("a-lacking", Stage::person)),
                outcome -> told.add(Report.line(outcome)));
        assertThat(outcomes)
                .extracting(Outcome::verdict)
                .containsExactly(Verdict.PASS, Verdict.FAIL, Verdict.FAIL, Verdict.SKIPPED);
        assertThat(told.get(0))
                .startsWith("PASS    a-holds")
                .contains("It is so.")
                .doesNotContain("→");
        assertThat(told.get(1)).startsWith("FAIL    a-broken").contains("→ it is ?[31motherwise");
        assertThat(told.get(2)).contains("IllegalStateException: the library gave up");
        assertThat(told.get(3)).startsWith("SKIPPED a-lacking").contains("no users are left");
        assertThat(Report.sum(outcomes)).isEqualTo("4 sentences: 1 hold, 2 do not, 1 could not be tried");
    }
}
