package dev.waggle.spec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The inputs of {@code src/test/fuzz} once more, without a fuzzer: seeds, and what the profile {@code fuzz} has found. */
class FuzzCorpusTest {
    @TestFactory
    Stream<DynamicTest> topic() throws IOException {
        return inputs("TopicTarget", TopicTarget::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> filter() throws IOException {
        return inputs("FilterTarget", FilterTarget::fuzzerTestOneInput);
    }

    private static Stream<DynamicTest> inputs(String target, Consumer<byte[]> check) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of("src", "test", "fuzz", target))) {
            files = found.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> check.accept(Files.readAllBytes(file))));
    }
}
