package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaggleTest {

    @TempDir
    private Path folder;

    static Stream<String> commands() {
        return Waggle.commandLine(new Shell(Path.of("")).surroundings()).getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_ofEveryCommand_isOnStdoutAndExits0(String command) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(command, "--help")).isZero();
        assertThat(shell.out()).startsWith("Usage: waggle " + command);
        assertThat(shell.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "token alice",
                "send --as alice d/bob hello",
                "tail --as alice",
                "call --as alice me",
                "chat --as alice --to d/bob",
                "doctor",
                "conformance",
                "check",
                "user add alice",
                "user list",
                "demo",
                "user kick alice",
                "user sessions alice",
                "user disable alice",
                "user enable alice",
            })
    void unknownOption_besideWhatIsNeeded_isAnError(String line) {
        Shell shell = new Shell(folder);
        assertThat(shell.run((line + " --no-such-option").split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains("--no-such-option");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void noCommand_isAnErrorWithTheList() {
        Shell shell = new Shell(folder);
        assertThat(shell.run()).isEqualTo(2);
        assertThat(shell.err()).contains("start", "token", "send");
    }

    @Test
    void unknownCommand_isAnError() {
        assertThat(new Shell(folder).run("strat")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send --as alice d/bob",
                "send d/bob hello",
                "send --as a/b d/bob hello",
                "send --as alice bob hello",
                "send --as alice d/ hello",
                "tail --as alice --count 0",
                "tail --as alice --device a.b",
                "call --as alice group.create {",
                "call --as alice ../me",
                "chat --as alice",
                "conformance --wait 0",
                "conformance --only nothing-of-it",
                "conformance --tokens no-such-file",
                "conformance --tokens a --token-command b",
                "chat --as alice --to bob",
                "chat --as alice --to d/bob --history 201",
                "user",
                "user kick",
                "user kick a/b",
                "user kick alice --device a.b",
                "user disable a/b",
                "user sessions alice --admin here",
            })
    void clientCommand_wrongArguments_exits2BeforeConnecting(String line) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(line.split(" "))).isEqualTo(2);
        assertThat(shell.err()).isNotEmpty().doesNotContain("\tat ");
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send --as alice d/bob hello",
                "tail --as alice",
                "call --as alice me",
                "conformance",
                "user kick alice"
            })
    void clientCommand_noBrokerRuns_saysWhereItLooked(String line) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(line.split(" "))).isEqualTo(1);
        assertThat(shell.err()).contains("no broker runs on the data directory " + folder.resolve("data"));
    }

    @Test
    void clientCommand_nobodyListens_saysSo() throws java.io.IOException {
        int free;
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Shell shell = new Shell(folder);
        assertThat(shell.run("send", "--as", "alice", "--port", "" + free, "d/bob", "hello"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("127.0.0.1:" + free, "refused").doesNotContain("\tat ");
    }
}
