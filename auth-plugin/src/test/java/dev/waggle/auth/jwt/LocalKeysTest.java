package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.waggle.auth.jwt.keys.KeyLookup;
import dev.waggle.auth.jwt.keys.KeyRequest;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKeysTest {
    @TempDir
    Path directory;

    private Parsed<LocalKeys> open(Path data) {
        return LocalKeys.open(data, new SecureRandom());
    }

    private static String reason(Parsed<?> parsed) {
        return parsed.fold(ok -> "accepted", bad -> bad);
    }

    @Test
    void open_noFile_makesOneForTheOwnerOnly() throws IOException {
        Path data = directory.resolve("a/data");

        assertThat(open(data).isOk()).isTrue();

        Path file = data.resolve(LocalKeys.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void open_again_sameKey() {
        String first = open(directory).get().signing(0).toJSONString();

        assertThat(open(directory).get().signing(0).toJSONString()).isEqualTo(first);
    }

    @Test
    void open_manyThreadsAtOnce_allGetOneKey() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path data = directory.resolve("race" + round);
            CyclicBarrier start = new CyclicBarrier(8);
            Set<String> keys = new HashSet<>();
            ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        start.await(10, TimeUnit.SECONDS);
                        seen.add(open(data).fold(k -> k.signing(0).toJSONString(), bad -> bad));
                    } catch (Exception e) {
                        seen.add(e.toString());
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join(10_000);
            }
            keys.addAll(seen);
            assertThat(seen).hasSize(8);
            assertThat(keys).hasSize(1).allMatch(key -> key.contains("\"crv\":\"P-256\""));
        }
    }

    @Test
    void open_twoProcessesAtOnce_bothGetOneKey() throws Exception {
        Path data = directory.resolve("processes");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            KeyPrinter.class.getName(),
                            data.toString())
                    .redirectErrorStream(true)
                    .start());
        }
        Set<String> keys = new HashSet<>();
        for (Process process : processes) {
            keys.add(new String(process.getInputStream().readAllBytes()).trim());
        }

        assertThat(keys).containsExactly(open(data).get().signing(0).getKeyID());
    }

    /** The second process of the race. */
    static final class KeyPrinter {
        public static void main(String[] arguments) {
            System.out.println(LocalKeys.open(Path.of(arguments[0]), new SecureRandom())
                    .<String>fold(keys -> keys.signing(0).getKeyID(), bad -> bad));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rw--w----"})
    void open_fileOpenToOthers_refusedWithRemedy(String permissions) throws IOException {
        open(directory);
        Path file = directory.resolve(LocalKeys.FILE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThat(reason(open(directory))).contains(file.toString(), permissions, "chmod 600");
    }

    @Test
    void open_fileTooLarge_refused() throws IOException {
        write("x".repeat(65_537));

        assertThat(reason(open(directory))).contains("not a key file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"keys\":[]}",
                "{\"keys\":null}",
                "{\"keys\":[{}]}",
                "garbage",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\",\"d\":\"AQ\",\"kid\":\"offcurve\"}]}"
            })
    void open_damagedFile_refusedWithRemedyAndLeftAlone(String content) throws IOException {
        write(content);

        assertThat(reason(open(directory))).contains("is damaged", LocalKeys.FILE, "backup");
        assertThat(Files.readString(directory.resolve(LocalKeys.FILE))).isEqualTo(content);
    }

    @Test
    void open_cutShort_refused() throws IOException {
        String whole = new JWKSet(Keys.pair("k")).toString(false);
        write(whole.substring(0, whole.length() / 2));

        assertThat(reason(open(directory))).contains("is damaged").doesNotContain(whole.substring(20, 40));
    }

    @Test
    void parse_publicKeyOnly_refused() {
        String text = new JWKSet(Keys.pair("k")).toString(true);

        assertThat(reason(LocalKeys.parse(text))).contains("private P-256");
    }

    @Test
    void parse_halvesOfDifferentKeys_refused() {
        String d = Keys.pair("k").getD().toString();
        var key = Keys.pair("k");
        String text = new JWKSet(key).toString(false).replace(key.getD().toString(), d);

        assertThat(reason(LocalKeys.parse(text))).contains("do not belong together");
    }

    @Test
    void parse_twoKeysWithOneId_refused() {
        String text = new JWKSet(List.of(Keys.pair("k"), Keys.pair("k"))).toString(false);

        assertThat(reason(LocalKeys.parse(text))).contains("kid of its own");
    }

    @Test
    void parse_twoKeys_firstSignsBothVerify() {
        LocalKeys keys = LocalKeys.parse(new JWKSet(List.of(Keys.pair("new"), Keys.pair("old"))).toString(false))
                .get();

        assertThat(keys.signing(0).getKeyID()).isEqualTo("new");
        for (String id : List.of("new", "old")) {
            assertThat(keys.verification().find(new KeyRequest(SignatureAlgorithm.ES256, id, 0, 0)))
                    .isInstanceOf(KeyLookup.Found.class);
        }
        assertThat(keys.verification().find(new KeyRequest(SignatureAlgorithm.ES256, "other", 0, 0)))
                .isInstanceOf(KeyLookup.Unknown.class);
        assertThat(keys.toString()).doesNotContain(keys.signing(0).getD().toString());
    }

    private void write(String content) throws IOException {
        Path file = directory.resolve(LocalKeys.FILE);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
