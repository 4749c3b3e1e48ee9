package dev.waggle.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The source text itself is held to a budget. */
class SourceBudgetTest {

    private static final int MOST_LINES = 400;

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    /** Folders of one machine: what they name is not there on another. */
    private static final Pattern BUILD_MACHINE = Pattern.compile("/(work|root|home/[a-z]+)/[A-Za-z.]");

    private final Path root = ProjectRoot.find();

    @Test
    void javaFiles_areAllShort() {
        assertThat(files(".java").filter(file -> lines(file).size() > MOST_LINES))
                .as("files over %d lines: one idea per file", MOST_LINES)
                .isEmpty();
    }

    @Test
    void packages_ofMainCode_haveAPackageInfo() {
        assertThat(files(".java")
                        .filter(file -> file.toString().contains("/src/main/java/"))
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java"))))
                .as("packages without package-info.java: NullAway does not look at them")
                .isEmpty();
    }

    @Test
    void links_ofDocuments_leadSomewhere() {
        List<String> broken = new ArrayList<>();
        files(".md")
                .forEach(file -> lines(file).forEach(line -> {
                    Matcher link = LINK.matcher(line);
                    while (link.find()) {
                        String target = link.group(1);
                        if (!target.contains("://")
                                && !target.startsWith("mailto:")
                                && !Files.exists(file.resolveSibling(target))) {
                            broken.add(root.relativize(file) + ": " + target);
                        }
                    }
                }));
        assertThat(broken).isEmpty();
    }

    @Test
    void files_ofTheProject_nameNoFolderOfABuildMachine() {
        List<String> found = new ArrayList<>();
        files("")
                .filter(file -> file.toString().matches(".*\\.(java|md|xml|ya?ml|sh|json)|.*/(waggle|run)"))
                .filter(file -> !file.endsWith("SourceBudgetTest.java"))
                .forEach(file -> lines(file).stream()
                        .filter(line -> BUILD_MACHINE.matcher(line).find())
                        .forEach(line -> found.add(root.relativize(file) + ": " + line.strip())));
        assertThat(found).isEmpty();
    }

    @Test
    void readme_atTheTop_isShort() {
        assertThat(lines(root.resolve("README.md")).size()).isLessThanOrEqualTo(150);
    }

    private Stream<Path> files(String ending) {
        try (Stream<Path> all = Files.walk(root)) {
            return all
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .filter(file -> !generated(root.relativize(file)))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean generated(Path file) {
        return Stream.of("target", ".git", ".waggle", "data", "node_modules", ".idea")
                .anyMatch(folder -> ("/" + file + "/").contains("/" + folder + "/"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.toString(), unreadable);
        }
    }
}
