package dev.waggle.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingProcessTest {
    private static final Password PASSWORD = Password.typed("correct horse");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SILENT = "exec sleep 600";

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final List<HashingProcess> made = new ArrayList<>();

    @AfterEach
    void end() {
        made.forEach(HashingProcess::close);
        await().atMost(PATIENCE).until(() -> child().isEmpty());
    }

    private HashingProcess hashing(List<String> command, Duration limit) {
        HashingProcess process = new HashingProcess(command, new SecureRandom(), () -> now, limit);
        made.add(process);
        return process;
    }

    private HashingProcess real(int threads) {
        return hashing(HashingCommand.of(threads), PATIENCE);
    }

    private static Optional<ProcessHandle> child() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.isAlive()
                        && process.info()
                                .commandLine()
                                .filter(line -> line.contains("HashingMain") || line.contains("sleep 600"))
                                .isPresent())
                .findAny();
    }

    private static void kill(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Answers when it is asked, not before: an answer to nothing ends the process before the question. */
    private static List<String> answering(String bytes) {
        return List.of("sh", "-c", "head -c 8 >/dev/null; printf '" + bytes + "'; " + SILENT);
    }

    private void assertUnavailable(HashingProcess hashing, String reason) {
        assertThatThrownBy(() -> hashing.hash(PASSWORD))
                .isInstanceOf(HashingUnavailable.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("horse");
    }

    /** The process's end is known a moment after it. */
    private static void awaitHash(HashingProcess hashing) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> hashing.matches(PASSWORD, hashing.hash(PASSWORD)));
    }

    @Test
    void hash_first_startsTheProcess_withNothingSecretInItsArguments() {
        HashingProcess hashing = real(1);
        assertThat(child()).isEmpty();
        hashing.hash(PASSWORD);
        assertThat(child().orElseThrow().info().commandLine().orElse("")).doesNotContain("horse");
    }

    @Test
    void matches_manyAtOnce_eachItsOwnAnswer() throws Exception {
        HashingProcess hashing = real(4);
        List<String> hashes = IntStream.range(0, 4)
                .mapToObj(i -> hashing.hash(Password.typed("password " + i)))
                .toList();
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String hash = hashes.get(i);
            Password right = Password.typed("password " + i);
            Password wrong = Password.typed("password " + (i + 1));
            answers.add(
                    CompletableFuture.supplyAsync(() -> hashing.matches(right, hash) && !hashing.matches(wrong, hash)));
        }
        for (CompletableFuture<Boolean> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void hash_processKilledMidway_failsAndTheNextGoesToANewOne() throws Exception {
        HashingProcess silent = hashing(List.of("sh", "-c", SILENT), PATIENCE);
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> silent.hash(PASSWORD));
        await().atMost(PATIENCE).until(() -> child().isPresent());
        kill(child().orElseThrow());

        assertThatThrownBy(() -> waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(HashingUnavailable.class);
        CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> silent.hash(PASSWORD));
        await().atMost(PATIENCE).until(() -> child().isPresent());
        silent.close();
        assertThatThrownBy(() -> next.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(HashingUnavailable.class);
    }

    @Test
    void hash_processKilledOften_waitsLongerEachTime() throws Exception {
        HashingProcess hashing = real(1);
        hashing.hash(PASSWORD);
        kill(child().orElseThrow());
        awaitHash(hashing);
        kill(child().orElseThrow());
        await().atMost(PATIENCE).untilAsserted(() -> assertUnavailable(hashing, "too often"));

        now = now.plusSeconds(1);
        assertThat(hashing.matches(PASSWORD, hashing.hash(PASSWORD))).isTrue();
    }

    @Test
    void hash_processHangs_failsInTimeAndItIsEnded() {
        assertUnavailable(hashing(List.of("sh", "-c", SILENT), Duration.ofMillis(300)), "within 300 ms");
        await().atMost(PATIENCE).until(() -> child().isEmpty());
    }

    @Test
    void hash_processAnswersGarbage_failsAndItIsEnded() {
        for (String garbage :
                List.of("garbage that is no frame", "\\0\\0\\0\\5\\0\\0\\0\\7f", "\\0\\0\\0\\5\\0\\0\\0\\1H")) {
            assertUnavailable(hashing(answering(garbage), PATIENCE), "failed or ended");
            await().atMost(PATIENCE).until(() -> child().isEmpty());
        }
    }

    @Test
    void hash_answerOfAnotherKind_fails() {
        assertUnavailable(hashing(answering("\\0\\0\\0\\6\\0\\0\\0\\1m\\1"), PATIENCE), "failed or ended");
    }

    @Test
    void hash_programIsNotThere_fails() {
        assertUnavailable(hashing(List.of("/no/such/program"), PATIENCE), "cannot be started");
        assertUnavailable(hashing(List.of("false"), PATIENCE), "ended");
    }

    @Test
    void tick_nobodyAskedForAWhile_endsItUntilTheNext() throws Exception {
        HashingProcess hashing = real(1);
        hashing.hash(PASSWORD);
        ProcessHandle first = child().orElseThrow();
        now = now.plus(HashingProcess.REST).minusMillis(1);
        hashing.tick();
        hashing.hash(PASSWORD);
        assertThat(child()).contains(first);

        now = now.plus(HashingProcess.REST);
        hashing.tick();
        first.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        hashing.hash(PASSWORD);
        assertThat(child()).isPresent();
    }

    @Test
    void close_endsItForGood() throws Exception {
        HashingProcess hashing = real(1);
        hashing.hash(PASSWORD);
        hashing.close();
        assertUnavailable(hashing, "the broker ends");
    }

    @Test
    void process_itsStdinEnds_endsItAlsoInTheMiddleOfAHash_butASignalDoesNot() throws Exception {
        Process process = new ProcessBuilder(HashingCommand.of(1)).start();
        try (OutputStream questions = process.getOutputStream()) {
            questions.write(HashingFrameTest.bytes(new HashingFrame.Match(1, PasswordHash.OF_NOBODY, PASSWORD.utf8())));
            questions.flush();
            byte[] answer = process.getInputStream().readNBytes(10);
            assertThat(answer).isEqualTo(HashingFrameTest.bytes(new HashingFrame.Matched(1, false)));
            process.destroy(); // SIGTERM, as it comes to the whole group
            questions.write(HashingFrameTest.bytes(new HashingFrame.Match(2, PasswordHash.OF_NOBODY, PASSWORD.utf8())));
        }
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void process_isAskedGarbage_endsAndSaysWhat() throws Exception {
        Process process = new ProcessBuilder(HashingCommand.of(1)).start();
        process.getOutputStream().write(new byte[64]);
        process.getOutputStream().flush();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(HashingMain.BAD_QUESTION);
        assertThat(process.errorReader().readLine()).contains("5 to 4096 bytes");
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
    }
}
