package dev.waggle.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.config.WaggleConfig.RegistrationBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may make an account, and where that is refused (fails closed). */
class RegistrationConfigTest {
    private static final Map<String, String> OPEN_BY_FLAG = Map.of("registration", "open");
    private static final String HEARD = "http: {bind: 0.0.0.0, plain: true}\n";

    @TempDir
    private Path folder;

    private ConfigReading read(String yaml, Map<String, String> flags) throws IOException {
        Path file = Files.writeString(folder.resolve("w.yaml"), yaml);
        return new ConfigReader(folder, Map.of()).read(file, flags);
    }

    private ConfigReading.Accepted accepted(String yaml, Map<String, String> flags) throws IOException {
        return read(yaml, flags).fold(good -> good, bad -> {
            throw new AssertionError(bad);
        });
    }

    private List<String> refused(String yaml, Map<String, String> flags) throws IOException {
        return read(yaml, flags)
                .fold(
                        good -> List.of(),
                        bad -> bad.problems().stream().map(Problem::key).toList());
    }

    @Test
    void read_nothing_nobodyMayRegister() throws IOException {
        ConfigReading.Accepted reading = accepted(HEARD, Map.of());
        assertThat(reading.config().accounts().registration()).isEqualTo(RegistrationBy.CLOSED);
        assertThat(reading.warnings()).noneMatch(warning -> warning.contains("registration"));
    }

    @Test
    void read_open_onLoopbackAWarning_beyondItOnlyWithTheFlag() throws IOException {
        assertThat(accepted("registration: open", Map.of()).warnings())
                .anyMatch(warning -> warning.contains("registration is open"));
        assertThat(refused(HEARD + "registration: open", Map.of())).containsExactly("registration");
        assertThat(accepted(HEARD, OPEN_BY_FLAG).config().accounts().registration())
                .isEqualTo(RegistrationBy.OPEN);
        assertThat(refused("registration: perhaps", Map.of())).containsExactly("registration");
    }

    @Test
    void read_invite_aFileIfNamedHasALongCode_andIsNeverShown() throws IOException {
        assertThat(accepted("registration: invite", Map.of())
                        .config()
                        .accounts()
                        .inviteFile())
                .isNull();
        assertThat(refused("registration: invite\ninvite: {codeFile: none-there}", Map.of()))
                .containsExactly("invite.codeFile");
        Files.writeString(folder.resolve("code"), "short\n");
        assertThat(refused("registration: invite\ninvite: {codeFile: code}", Map.of()))
                .containsExactly("invite.codeFile");
        Files.writeString(folder.resolve("code"), "  a code that is long \n");
        ConfigReading.Accepted reading = accepted(HEARD + "registration: invite\ninvite: {codeFile: code}", Map.of());
        assertThat(reading.config().accounts().inviteFile()).isEqualTo(folder.resolve("code"));
        assertThat(reading.toString()).doesNotContain("a code that");
        assertThat(InviteFile.read(folder.resolve("code")).get().reveal()).isEqualTo("a code that is long");
    }

    @Test
    void read_openWithoutAccounts_isAProblem() throws IOException {
        String external = "issuers: [{issuer: https://id.example, audience: chat}]\n";
        assertThat(refused(external + "localIssuer: {enabled: false}\nregistration: open", Map.of()))
                .containsExactly("registration");
        assertThat(refused("localIssuer: {subjects: mapped}\nregistration: open", Map.of()))
                .containsExactly("registration");
    }
}
