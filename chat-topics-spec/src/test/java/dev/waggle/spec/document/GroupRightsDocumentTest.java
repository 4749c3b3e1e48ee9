package dev.waggle.spec.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.message.GroupRight;
import dev.waggle.spec.message.MemberRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of rights that PROTOCOL.md prints is the one that the rules use, row by row and cell by cell. */
class GroupRightsDocumentTest {
    private static final String HEAD = "| what | owner | admin | member | guest |";

    @Test
    void table_saysWhatTheRulesSay() throws IOException {
        List<String> printed = Files.readAllLines(Path.of("PROTOCOL.md")).stream()
                .dropWhile(line -> !line.equals(HEAD))
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        List<String> rules = new ArrayList<>(List.of(HEAD, "|---|---|---|---|---|"));
        for (GroupRight right : GroupRight.values()) {
            StringBuilder line = new StringBuilder("| " + right.label() + " |");
            Arrays.stream(MemberRole.values()).forEach(role -> line.append(right.has(role) ? " yes |" : " no |"));
            rules.add(line.toString());
        }
        assertThat(printed).containsExactlyElementsOf(rules);
    }
}
