package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    @TempDir
    private Path folder;

    private List<String> run(String... arguments) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(arguments)).isZero();
        return shell.out().lines().toList();
    }

    @Test
    void rotate_newKeySignsFirst_oldOneVerifiesAMonth_untilItIsDropped() {
        String old = run("keys", "list").get(0);
        assertThat(old).matches("[A-Za-z0-9_-]{16} signs");
        String oldId = old.substring(0, 16);

        List<String> rotated = run("keys", "rotate");
        assertThat(rotated).hasSize(2);
        assertThat(rotated.get(0)).doesNotStartWith(oldId).contains(" signs since " + Shell.NOW.toString());
        assertThat(rotated.get(1)).startsWith(oldId + " verifies until ");
        assertThat(run("keys", "list")).isEqualTo(rotated);

        assertThat(run("keys", "rotate", "--drop-old"))
                .singleElement()
                .satisfies(key -> assertThat(key).doesNotStartWith(oldId).doesNotStartWith(rotated.get(0)));
        assertThat(new Shell(folder).run("keys")).isEqualTo(2);
    }
}
