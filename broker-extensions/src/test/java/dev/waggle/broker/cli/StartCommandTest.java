package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.CannotStart;
import dev.waggle.broker.cli.local.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StartCommandTest {

    @TempDir
    private Path folder;

    private static final String[] FREE_PORTS = {
        "start", "--mqtt-port", "0", "--ws-port", "0", "--http-port", "0", "--admin-port", "0"
    };

    @Test
    void start_untilTerminated_printsTheReadyLineAndStops() throws Exception {
        Shell shell = new Shell(folder);
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> shell.run(FREE_PORTS));
        Runnable stop = shell.termination.get(30, TimeUnit.SECONDS);
        await().until(() -> !shell.out().isEmpty());
        Path data = folder.resolve("data");
        assertThat(shell.out())
                .isEqualTo("waggle ready mqtt=127.0.0.1:4711 ws=127.0.0.1:4711 http=127.0.0.1:4711 admin=[::1]:9 data="
                        + data + " in 1.5 s\n");
        assertThat(data.resolve("endpoints")).content().contains("mqtt=127.0.0.1:4711", "admin=[::1]:9");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        for (String file : new String[] {"endpoints", "waggle.lock"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .isEqualTo("rw-------");
        }
        stop.run();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(shell.stopped).hasSize(1);
        assertThat(data.resolve("endpoints")).doesNotExist();
    }

    @Test
    void start_badConfiguration_exits2WithEveryProblem() {
        Shell shell = new Shell(folder);
        shell.environment.put("WAGGLE_HTTP_PORT", "x");
        assertThat(shell.run("start", "--mqtt-port", "-1", "--bind", "nowhere")).isEqualTo(2);
        assertThat(shell.err()).contains("3 problems", "http.port", "listeners.mqtt.port", "listeners.bind");
        assertThat(shell.out()).isEmpty();
        assertThat(shell.started).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void start_configOption_isReadInsteadOfTheShippedFile() throws IOException {
        Files.writeString(folder.resolve("own.yaml"), "unknown: 1\n");
        Shell shell = new Shell(folder);
        assertThat(shell.run("start", "--config", "own.yaml")).isEqualTo(2);
        assertThat(shell.err()).contains("unknown: is no key");
    }

    @Test
    void start_dataDirectoryInUse_exits3() throws Exception {
        Shell shell = new Shell(folder);
        try (DataDirectory owned = DataDirectory.own(folder.resolve("data"))) {
            assertThat(shell.run(FREE_PORTS)).isEqualTo(3);
            assertThat(shell.err())
                    .contains(
                            owned.path().toString(),
                            "in use",
                            "pid " + ProcessHandle.current().pid());
        }
        assertThat(shell.started).isEmpty();
    }

    @Test
    void start_portTaken_exits4AndNamesIt() throws IOException {
        Shell shell = new Shell(folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(shell.run(
                            "start", "--mqtt-port", "0", "--ws-port", "0", "--http-port", port, "--admin-port", "0"))
                    .isEqualTo(4);
            assertThat(shell.err()).contains("http.port", port);
        }
        assertThat(shell.started).isEmpty();
    }

    @Test
    void start_launcherRefuses_exitsWithItsReason() {
        Shell shell = new Shell(folder);
        shell.launcher = config -> {
            throw new CannotStart(CannotStart.Reason.PORT_TAKEN, "somebody was faster");
        };
        assertThat(shell.run(FREE_PORTS)).isEqualTo(4);
        assertThat(shell.err()).contains("somebody was faster").doesNotContain("\tat ");
    }

    @Test
    void start_bug_keepsItsStackTrace() {
        Shell shell = new Shell(folder);
        shell.launcher = config -> {
            throw new IllegalStateException("impossible");
        };
        assertThat(shell.run(FREE_PORTS)).isEqualTo(1);
        assertThat(shell.err()).contains("this is a bug", "impossible", "\tat ");
    }

    @Test
    void start_folderOfSomebodyElse_keepsItsRights() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(data.resolve("their-file"));
        DataDirectory.own(data).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void start_emptyFolder_isClosedToOthers() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataDirectory.own(data).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }
}
