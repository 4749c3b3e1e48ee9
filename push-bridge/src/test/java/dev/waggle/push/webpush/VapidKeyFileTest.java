package dev.waggle.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VapidKeyFileTest {
    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("keys/vapid.json");
    }

    private VapidKeyFile file() {
        return new VapidKeyFile(path, new SecureRandom());
    }

    private String reason() {
        return file().readOrMake().fold(key -> "taken", reason -> reason);
    }

    @Test
    void readOrMake_noFile_makesOne_forItsOwner_thenKeepsIt() throws Exception {
        VapidKey made = file().readOrMake().get();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        String content = Files.readString(path);
        assertThat(file().readOrMake().get().publicKey()).isEqualTo(made.publicKey());
        assertThat(Files.readString(path)).isEqualTo(content);
        try (var left = Files.list(path.getParent())) {
            assertThat(left).containsExactly(path);
        }
        assertThat(made.toString()).doesNotContain(content.strip());
    }

    @Test
    void readOrMake_manyAtOnce_allGetTheSameKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> asked = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(
                            i -> () -> file().readOrMake().get().publicKey())
                    .collect(Collectors.toList());
            List<String> keys = new ArrayList<>();
            for (Future<String> key : threads.invokeAll(asked)) {
                keys.add(key.get());
            }
            assertThat(keys.stream().distinct()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void readOrMake_damagedFile_isAProblem_andStaysAsItIs() throws Exception {
        file().readOrMake().get();
        for (String content : List.of(
                "",
                "{",
                "{\"kty\":\"RSA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"d\":\"c2VjcmV0\"}",
                VapidKey.make(new SecureRandom()).jwk().replaceFirst("\"d\":\"[^\"]*\",?", ""))) {
            Files.writeString(path, content);
            assertThat(reason()).contains(path.toString()).doesNotContain("c2VjcmV0");
            assertThat(Files.readString(path)).isEqualTo(content);
        }
    }

    @Test
    void readOrMake_readableByOthers_isAProblem() throws Exception {
        file().readOrMake().get();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(reason()).contains("rw-r-----").contains("chmod 600");
    }

    @Test
    void readOrMake_whereNothingCanBeMade_isAProblem() throws Exception {
        Files.writeString(folder.resolve("keys"), "a file, not a folder");
        assertThat(reason()).contains("cannot be read or made");
    }
}
