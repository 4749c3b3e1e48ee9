package dev.waggle.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.architecture.ProjectRoot;
import dev.waggle.broker.conformance.sentence.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of sentences in CONFORMANCE.md and the checks are the same. */
class ConformanceDocumentTest {
    private final Path contract = ProjectRoot.find().resolve("chat-topics-spec");

    @Test
    void table_isThatOfTheChecks() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Check check : Sentences.all()) {
            expected.add("| %d | %s | §%d | `%s` |"
                    .formatted(expected.size() + 1, check.sentence(), check.section(), check.name()));
        }
        List<String> table = Files.readAllLines(contract.resolve("CONFORMANCE.md")).stream()
                .filter(line -> line.matches("\\| [0-9]+ \\|.*"))
                .toList();
        assertThat(table).containsExactlyElementsOf(expected);
    }

    @Test
    void names_areDistinctAndPlain() {
        assertThat(Sentences.all())
                .extracting(Check::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z0-9]+)+") && name.length() <= 35);
    }

    @Test
    void sections_areThoseOfTheContract() throws IOException {
        String protocol = Files.readString(contract.resolve("PROTOCOL.md"));
        assertThat(Sentences.all()).allMatch(check -> protocol.contains("\n## " + check.section() + ". "));
    }
}
