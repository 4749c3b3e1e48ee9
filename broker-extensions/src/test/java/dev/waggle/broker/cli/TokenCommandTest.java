package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {

    @TempDir
    private Path folder;

    @Test
    void token_ofAUser_holdsWhatWasAsked() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("token", "alice", "--device", "phone", "--role", "service", "--ttl", "2h"))
                .isZero();
        JsonNode claims = claims(shell.out().strip());
        assertThat(claims.path("sub").asText()).isEqualTo("alice");
        assertThat(claims.path("device_id").asText()).isEqualTo("phone");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"service\"]");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(7200);
        assertThat(claims.path("iat").asLong()).isEqualTo(Shell.NOW.getEpochSecond());
    }

    @Test
    void token_withARoleOfTheConfiguration_holdsIt() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("token", "meter", "--role", "sensor")).isEqualTo(2);
        assertThat(shell.err()).contains("user, service, moderator, admin");

        shell.environment.put("WAGGLE_ROLES", "sensor=user,gateway=service");
        assertThat(shell.run("token", "meter", "--role", "sensor")).isZero();
        assertThat(claims(shell.out().strip()).path("roles").toString()).isEqualTo("[\"sensor\"]");
    }

    @Test
    void token_withTopics_holdsThem() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("token", "meter", "--topics", "publish  a/b/#", "--topics", "subscribe c qos<=1"))
                .isZero();
        assertThat(claims(shell.out().strip()).path("topics").toString())
                .isEqualTo("[\"publish a/b/#\",\"subscribe c qos<=1\"]");

        assertThat(shell.run("token", "meter", "--topics", "publish u/bob/#")).isEqualTo(2);
        assertThat(shell.err()).contains("u/ is the chat");
    }

    @Test
    void token_withAnAgent_isOfAServiceThatActsForTheUser() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("token", "alice", "--agent", "bot")).isZero();
        JsonNode claims = claims(shell.out().strip());
        assertThat(claims.path("sub").asText()).isEqualTo("alice");
        assertThat(claims.path("act").toString()).isEqualTo("{\"sub\":\"bot\"}");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"service\"]");

        assertThat(shell.run("token", "alice", "--agent", "bot", "--role", "user"))
                .isEqualTo(2);
        assertThat(shell.run("token", "alice", "--agent", "alice")).isEqualTo(2);
        assertThat(shell.run("token", "alice", "--agent", "b/c")).isEqualTo(2);
    }

    @Test
    void token_byDefault_isForAnyDeviceFor15Minutes() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("token", "alice")).isZero();
        JsonNode claims = claims(shell.out().strip());
        assertThat(claims.has("device_id")).isFalse();
        assertThat(claims.path("roles").toString()).isEqualTo("[\"user\"]");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(900);
    }

    @Test
    void token_noDataDirectory_makesItForTheOwnerOnly() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("token", "alice", "--data", "a/b")).isZero();
        Path data = folder.resolve("a/b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        try (var files = Files.list(data)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void token_count_printsUserDeviceToken() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("token", "--count", "3", "--prefix", "load")).isZero();
        List<String> lines = shell.out().lines().toList();
        assertThat(lines).hasSize(3);
        for (int i = 0; i < 3; i++) {
            String[] words = lines.get(i).split(" ");
            assertThat(words[0]).isEqualTo("load" + i);
            assertThat(words[1]).isEqualTo("d");
            assertThat(claims(words[2]).path("sub").asText()).isEqualTo("load" + i);
            assertThat(claims(words[2]).path("device_id").asText()).isEqualTo("d");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "token alice --count 2",
                "token alice --prefix u",
                "token --count 0",
                "token --count 2 --device x",
                "token --count 2 --prefix a/b",
                "token a/b",
                "token alice --ttl 31d",
                "token alice --ttl 0s",
                "token alice --ttl 15",
                "token alice --role root",
                "token alice --device a.b",
                "token alice bob",
            })
    void token_wrongArguments_exits2WithAReason(String line) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(line.split(" "))).isEqualTo(2);
        assertThat(shell.err()).isNotEmpty();
        assertThat(shell.out()).isEmpty();
    }

    private static JsonNode claims(String token) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }
}
