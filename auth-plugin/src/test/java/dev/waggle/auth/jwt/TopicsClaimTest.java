package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicGrant;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T-16: whatever stands in the claim, what is not understood opens nothing, and nothing falls back to other rights. */
class TopicsClaimTest {
    private static final ClaimRules LOCAL = ClaimRules.local(Roles.BUILT_IN);
    private static final ClaimRules OTHER =
            new ClaimRules("sub", "device_id", null, Roles.BUILT_IN, "acl", true, false, false, false, false);
    private static final ClaimRules SILENT =
            new ClaimRules("sub", "device_id", null, Roles.BUILT_IN, null, true, false, false, false, false);

    private static @Nullable List<TopicGrant> read(String claims, ClaimRules rules) throws IOException {
        JsonNode json = new ObjectMapper().readTree(claims);
        return TopicsClaim.read(json, rules);
    }

    @Test
    void claim_wellFormed_isWhatItSays() throws IOException {
        assertThat(read("{\"topics\":[\"publish a/${user}/${role} qos<=1\",\"subscribe b/#\"]}", LOCAL))
                .containsExactly(
                        TopicGrant.parse("publish a/${user}/${role} qos<=1").get(),
                        TopicGrant.parse("subscribe b/#").get());
    }

    @Test
    void claim_missing_isNothing_whereItMustBeThere() throws IOException {
        assertThat(read("{\"topics\":[\"publish a\"]}", OTHER)).isEmpty();
        assertThat(read("{}", LOCAL)).isNull();
        assertThat(read("{\"acl\":[]}", SILENT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "true",
                "{}",
                "\"publish a\"",
                "{\"0\":\"publish a\"}",
                "[[\"publish a\"]]",
                "[\"publish a\",7]",
                "[\"publish a\",null]",
                "[\"publish a\",\"\"]",
                "[\"publish a\",\"publish\"]",
                "[\"publish a\",\"read b\"]",
                "[\"publish a\",\"user publish b\"]",
                "[\"publish a\",\"publish #\"]",
                "[\"publish a\",\"publish u/bob/#\"]",
                "[\"publish a\",\"subscribe $SYS/#\"]",
                "[\"publish a\",\"publish b qos<=7\"]"
            })
    void claim_thatIsNotUnderstood_opensNothing(String claim) throws IOException {
        assertThat(read("{\"topics\":" + claim + "}", LOCAL)).isEmpty();
        assertThat(read("{\"acl\":" + claim + "}", OTHER)).isEmpty();
    }

    @Test
    void claim_tooLarge_opensNothing() throws IOException {
        String many = "\"publish a\",".repeat(32);
        String large = "\"publish " + "a".repeat(504) + "\"";

        assertThat(read("{\"topics\":[" + many.substring(0, many.length() - 1) + "]}", LOCAL))
                .hasSize(32);
        assertThat(read("{\"topics\":[" + many + "\"publish b\"]}", LOCAL)).isEmpty();
        assertThat(read("{\"topics\":[" + large + "]}", LOCAL)).hasSize(1);
        assertThat(read("{\"topics\":[" + large + ",\"publish b\"]}", LOCAL)).isEmpty();
    }
}
