package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.config.WaggleConfig.Accounts;
import dev.waggle.broker.config.WaggleConfig.RegistrationBy;
import dev.waggle.broker.it.AccountCaller.Answer;
import dev.waggle.spec.call.CallMethod;
import dev.waggle.spec.message.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The description of the public door and the door say the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiIT {
    private static final Pattern PATH = Pattern.compile("/[a-z.-]+/[A-Za-z0-9./{}-]*[a-z}]");
    private static final String PASSWORD = "correct horse";

    private TestBroker broker;
    private AccountCaller app;
    private JsonNode document;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(
                WaggleConfig.onFreePorts(data).withAccounts(new Accounts(RegistrationBy.OPEN, null, false)));
        app = new AccountCaller(broker);
        Answer answer = app.get(broker.http() + "/openapi.json", null);
        assertThat(answer.status()).isEqualTo(200);
        document = answer.json();
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    /** Wrong paths are answered with those that there are. */
    private List<String> told(String wrong) throws Exception {
        Answer answer = app.get(broker.http() + wrong, null);
        assertThat(answer.status()).isEqualTo(404);
        List<String> told = new ArrayList<>();
        Matcher matcher =
                PATH.matcher(answer.json().path("error").path("message").asText());
        while (matcher.find()) {
            told.add(matcher.group());
        }
        return told;
    }

    @Test
    void paths_areThoseThatTheRoutesTell() throws Exception {
        List<String> served = new ArrayList<>(List.of("/openapi.json", "/v1/call/{method}", "/v1/messages"));
        served.addAll(told("/auth/nothing"));
        served.addAll(told("/.well-known/nothing"));

        assertThat(served).hasSizeGreaterThan(8);
        assertThat(paths()).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void routes_ofTheDoor_areAllDescribed() throws Exception {
        String message = app.get(broker.http() + "/nothing", null)
                .json()
                .path("error")
                .path("message")
                .asText();
        List<String> prefixes = List.of(message.replace("this door has ", "").split(", "));

        assertThat(prefixes)
                .hasSizeGreaterThan(3)
                .allSatisfy(prefix -> assertThat(paths()).anyMatch(path -> path.startsWith(prefix)));
    }

    @Test
    void eachPath_isServed_withItsMethodOnly() throws Exception {
        for (String path : paths()) {
            boolean isGet = document.path("paths").path(path).has("get");
            String address = broker.http() + path.replace("{method}", "me");
            assertThat(app.get(address, null).status()).as(path).isEqualTo(isGet ? 200 : 405);
            if (path.startsWith("/auth/")) {
                Answer empty = app.auth(path.substring("/auth/".length()), "{}");
                assertThat(empty.status()).as(path + empty.body()).isEqualTo(400);
                assertThat(document.path("paths")
                                .path(path)
                                .path("post")
                                .path("responses")
                                .has("400"))
                        .isTrue();
            }
        }
    }

    @Test
    void methodsAndErrorCodes_areAll() {
        JsonNode method = document.at("/paths/~1v1~1call~1{method}/post/parameters/0/schema/enum");
        assertThat(texts(method))
                .containsExactlyElementsOf(
                        Arrays.stream(CallMethod.values()).map(CallMethod::code).toList());
        JsonNode codes = document.at("/components/schemas/Error/properties/error/properties/code/enum");
        assertThat(texts(codes))
                .containsExactlyElementsOf(
                        Arrays.stream(Refusal.values()).map(Refusal::code).toList());
        for (Refusal refusal : Refusal.values()) {
            assertThat(document.at("/components/responses/E" + refusal.httpStatus() + "/description")
                            .asText())
                    .as("the status of " + refusal.code())
                    .contains(refusal.code());
        }
    }

    @Test
    void references_leadSomewhere() {
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void fields_ofALogIn_areThoseOfTheDescription() throws Exception {
        JsonNode tokens = app.register("ann", PASSWORD, "phone").json();
        List<String> fields = new ArrayList<>();
        tokens.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactlyInAnyOrderElementsOf(texts(document.at("/components/schemas/Tokens/required")));

        for (String schema : List.of("register", "token", "exchange", "refresh", "password", "delete")) {
            JsonNode described =
                    document.at("/paths/~1auth~1" + schema + "/post/requestBody/content/application~1json/schema/$ref");
            JsonNode properties = document.at(described.asText().substring(1) + "/properties");
            List<String> names = new ArrayList<>();
            properties.fieldNames().forEachRemaining(names::add);
            StringBuilder body = new StringBuilder("{'no-field':'x'");
            texts(document.at(described.asText().substring(1) + "/required"))
                    .forEach(field -> body.append(",'").append(field).append("':'x'"));
            Answer refused = app.auth(schema, body + "}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("error").path("message").asText())
                    .endsWith(" none of " + String.join(", ", names));
        }
    }
}
