package dev.waggle.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The hashing process's side of the pipe, without the process. */
class HashingLoopTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String run(byte[] questions) throws IOException {
        return new HashingLoop(new ByteArrayInputStream(questions), out, 1).run();
    }

    @Test
    void run_noMoreQuestions_ends() throws IOException {
        assertThat(run(new byte[0])).isNull();
        assertThat(out.size()).isZero();
    }

    @Test
    void run_noFrame_saysWhatWasWrongAndQuotesNothing() throws IOException {
        assertThat(run("a secret that came by mistake".getBytes(StandardCharsets.UTF_8)))
                .contains("5 to 4096 bytes")
                .doesNotContain("secret");
        assertThat(out.size()).isZero();
    }

    @Test
    void run_moreQuestionsThanMayBeOpen_ends() throws IOException {
        HashingFrame question = new HashingFrame.Match(1, PasswordHash.OF_NOBODY, Bytes.utf8("password"));
        assertThat(run(HashingFrameTest.bytes(question, question, question, question)))
                .contains("more than 1");
    }
}
