package dev.waggle.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemCallsTest {
    private static SystemCalls trace(String... lines) {
        SystemCalls calls = new SystemCalls();
        for (String line : lines) {
            calls.line(line);
        }
        return calls;
    }

    @Test
    void answer_afterTheSyncThatCoversIt_isInOrder() {
        SystemCalls calls = trace(
                "11 read(50<socket:[7]>, \"2 \\0\\22MARK-000001\", 65536) = 34",
                "12 write(80</data/000004.log>, \"...MARK-000001\", 90) = 90",
                "12 fdatasync(80</data/000004.log>) = 0",
                "11 write(50<socket:[7]>, \"@\\2\\0\\1\", 4) = 4");
        assertThat(calls.acknowledged()).isEqualTo(1);
        assertThat(calls.syncs()).isEqualTo(1);
        assertThat(calls.violations()).isEmpty();
    }

    @Test
    void answer_whileTheSyncIsUnderWay_isAViolation() {
        SystemCalls calls = trace(
                "11 read(50<socket:[7]>, \"MARK-000001\", 65536) = 34",
                "12 write(80</data/000004.log>, \"MARK-000001\", 90) = 90",
                "12 fdatasync(80</data/000004.log> <unfinished ...>",
                "11 write(50<socket:[7]>, \"@\\2\\0\\1\", 4) = 4",
                "12 <... fdatasync resumed>) = 0");
        assertThat(calls.violations()).hasSize(1).first().asString().contains("MARK-000001");
    }

    @Test
    void answer_afterASyncThatBeganBeforeTheWrite_isAViolation() {
        SystemCalls calls = trace(
                "11 read(50<socket:[7]>, \"MARK-000001\", 65536) = 34",
                "13 fdatasync(80</data/000004.log> <unfinished ...>",
                "12 write(80</data/000004.log>, \"MARK-000001\", 90) = 90",
                "13 <... fdatasync resumed>) = 0",
                "11 write(50<socket:[7]>, \"@\\2\\0\\1\", 4) = 4");
        assertThat(calls.violations()).hasSize(1);
    }

    @Test
    void answer_afterASyncThatFailed_orOfAnotherFile_isAViolation() {
        assertThat(trace(
                                "11 read(50<socket:[7]>, \"MARK-000001\", 65536) = 34",
                                "12 write(80</data/000004.log>, \"MARK-000001\", 90) = 90",
                                "12 fdatasync(80</data/000004.log>) = -1 EIO (Input/output error)",
                                "12 fdatasync(81</data/000005.log>) = 0",
                                "11 write(50<socket:[7]>, \"@\\2\\0\\1\", 4) = 4")
                        .violations())
                .hasSize(1);
    }

    @Test
    void answer_toAReadThatWasInterrupted_isStillFound() {
        SystemCalls calls = trace(
                "11 read(50<socket:[7]>,  <unfinished ...>",
                "11 <... read resumed>\"MARK-000001\", 65536) = 34",
                "11 write(50<socket:[7]>, \"@\\2\\0\\1\", 4) = 4");
        assertThat(calls.violations()).hasSize(1).first().asString().contains("not been written to a file");
    }
}
