package dev.waggle.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real failing writes: a process of its own that may not make files above 24 MiB. */
@EnabledOnOs(OS.LINUX)
class FailingDiskTest {
    @TempDir
    Path directory;

    @Test
    void write_thatTheDiskRefuses_losesNothingThatReturned() throws Exception {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 49152; exec \"$@\"",
                        "sh",
                        java,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FailingDiskProgram.class.getName(),
                        directory.resolve("store").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).endsWith("all as it must be\n");
        assertThat(process.exitValue()).isZero();
    }
}
