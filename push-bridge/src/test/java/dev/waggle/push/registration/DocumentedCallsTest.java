package dev.waggle.push.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.codec.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What PROTOCOL.md shows of the calls about pushes is what the code reads and writes. */
class DocumentedCallsTest {
    private static final Path DOCUMENT = Path.of("../chat-topics-spec/PROTOCOL.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void registration_isRead() throws IOException {
        assertThat(RegistrationJson.read(JsonForm.JSON, Bytes.utf8(block("request push.register")), 1)
                        .isOk())
                .isTrue();
    }

    @Test
    void settings_areReadAndWritten() throws IOException {
        PushSettings settings = PushSettingsJson.patch(
                        JsonForm.JSON, Bytes.utf8(block("request push.settings")), PushSettings.USUAL)
                .get();
        JsonNode shown = JSON.readTree(block("answer push.settings"));
        Bytes written = PushSettingsJson.write(
                JsonForm.JSON, settings, shown.path("applicationServerKey").asText());

        assertThat(JSON.readTree(written.shared())).isEqualTo(shown);
    }

    private static String block(String name) throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf('\n', text.indexOf("```json " + name)) + 1;
        return text.substring(from, text.indexOf("```", from));
    }
}
