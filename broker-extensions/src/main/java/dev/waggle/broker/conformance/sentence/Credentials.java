package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.ok;
import static dev.waggle.broker.conformance.Expect.refused;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which credentials let a device in. */
final class Credentials {

    private Credentials() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "connect-token-as-password",
                        3,
                        "A token as the password lets a device in as its user, over MQTT 5 and 3.1.1.",
                        Credentials::tokenAsPassword),
                new Check("connect-no-token", 3, "Without a token: 0x87 (3.1.1: 5).", Credentials::noToken),
                new Check("connect-broken-token", 3, "With a broken token: 0x87 (3.1.1: 5).", Credentials::brokenToken),
                new Check(
                        "connect-user-name",
                        3,
                        "The user name is the user id, empty or absent; another one: 0x85 (3.1.1: 2).",
                        Credentials::userName),
                new Check(
                        "connect-auth-method",
                        3,
                        "The token may be Authentication Data of OAUTH2-JWT or JWT; another method: 0x8C.",
                        Credentials::enhanced));
    }

    private static void tokenAsPassword(Stage stage) throws Exception {
        Person alice = stage.person();
        for (JsonNode me : List.of(
                alice.online("phone").call("me", "{}"), alice.online3("laptop").call("me", "{}"))) {
            equal(alice.id(), ok(me).path("user").asText(), "user");
        }
    }

    private static void noToken(Stage stage) throws Exception {
        Person alice = stage.person();
        refused(
                0x87,
                alice.device("phone").with(options -> options.setPassword(null)).knock(),
                "no password");
        refused(
                5,
                alice.device3("phone")
                        .with(options -> options.setPassword(new char[0]))
                        .knock(),
                "an empty password (3.1.1)");
    }

    private static void brokenToken(Stage stage) throws Exception {
        Person alice = stage.person();
        String token = alice.token("phone");
        String broken = token.substring(0, token.length() - 8) + "AAAAAAAA";
        refused(
                0x87,
                alice.device("phone")
                        .with(options -> options.setPassword(broken.getBytes(StandardCharsets.UTF_8)))
                        .knock(),
                "a broken token");
        refused(
                5,
                alice.device3("phone")
                        .with(options -> options.setPassword(broken.toCharArray()))
                        .knock(),
                "a broken token (3.1.1)");
    }

    private static void userName(Stage stage) throws Exception {
        Person alice = stage.person();
        Person bob = stage.person();
        alice.device("phone").with(options -> options.setUserName(null)).connect();
        alice.device3("phone").with(options -> options.setUserName("")).connect();
        refused(
                0x85,
                alice.device("phone")
                        .with(options -> options.setUserName(bob.id()))
                        .knock(),
                "another user's name");
        refused(
                2,
                alice.device3("phone")
                        .with(options -> options.setUserName(bob.id()))
                        .knock(),
                "another user's name (3.1.1)");
    }

    private static void enhanced(Stage stage) throws Exception {
        Person alice = stage.person();
        for (String method : List.of("OAUTH2-JWT", "JWT")) {
            authenticating(alice, method).connect();
        }
        refused(0x8C, authenticating(alice, "SCRAM-SHA-256").knock(), "another authentication method");
    }

    private static Device5 authenticating(Person person, String method) throws Exception {
        byte[] token = person.token("phone").getBytes(StandardCharsets.UTF_8);
        return person.device("phone").with(options -> {
            options.setPassword(null);
            options.setAuthMethod(method);
            options.setAuthData(token);
        });
    }
}
