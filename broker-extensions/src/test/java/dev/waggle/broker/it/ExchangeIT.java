package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.waggle.broker.config.ConfigReader;
import dev.waggle.broker.config.ConfigReading;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.it.AccountCaller.Answer;
import dev.waggle.spec.UserIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** People log in with the id token of a provider; registration is closed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeIT {
    private static final ECKey KEY = IssuerServer.key("first");

    private IssuerServer provider;
    private TestBroker broker;
    private AccountCaller app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        provider = new IssuerServer(KEY);
        Path file = Files.writeString(folder.resolve("w.yaml"), """
                data: data
                listeners: {mqtt: {port: 0}, ws: {port: 0}}
                http: {port: 0}
                admin: {port: 0}
                exchange:
                  - issuer: %s
                    clientIds: [the-app]
                """.formatted(provider.name()));
        WaggleConfig config = new ConfigReader(folder, Map.of())
                .read(file, Map.of())
                .fold(ConfigReading.Accepted::config, refused -> {
                    throw new AssertionError(refused);
                });
        broker = new TestBroker(config);
        app = new AccountCaller(broker);
    }

    @AfterAll
    void stop() {
        broker.close();
        provider.close();
    }

    private String idToken(String subject, String audience) throws Exception {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(provider.name())
                        .subject(subject)
                        .audience(audience)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(3_600)))
                        .claim("nonce", "n")
                        .claim("email", "someone@example.org")
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        token.sign(new ECDSASigner(KEY));
        return token.serialize();
    }

    private Answer exchange(String idToken, String device) throws Exception {
        return app.auth("exchange", "{'id_token':'%s','device':'%s','nonce':'n'}", idToken, device);
    }

    private String user(String subject) {
        return UserIds.map(provider.name(), subject, false).get().value();
    }

    @Test
    void exchange_thenMqtt_isTheUserOfIssuerAndSubject_andTheNextTimeTheSame() throws Exception {
        Answer phone = exchange(idToken("google-1", "the-app"), "phone");
        assertThat(phone.status()).as(phone.body()).isEqualTo(200);
        assertThat(phone.text("client_id")).isEqualTo(user("google-1") + ".phone");
        Answer laptop = exchange(idToken("google-1", "the-app"), "laptop");
        Answer renewed = app.refresh(laptop.refresh());
        try (Device5 first = new Device5(broker, user("google-1"), "phone")
                        .with(phone::access)
                        .connect()
                        .subscribe();
                Device5 second = new Device5(broker, user("google-1"), "laptop")
                        .with(renewed::access)
                        .connect()) {
            second.send("d/" + user("google-1"), "to my phone");
            await().untilAsserted(() ->
                    assertThat(first.arrived).anyMatch(each -> each.text().equals("to my phone")));

            HttpCaller operator = HttpCaller.operator(broker);
            assertThat(operator.admin("/admin/v1/users?limit=1000").body()).contains(user("google-1"));
            assertThat(operator.adminPost("/admin/v1/users/" + user("google-1") + "/disable", "")
                            .status())
                    .isEqualTo(200);
            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(first.disconnects).isNotEmpty());
            assertThat(exchange(idToken("google-1", "the-app"), "phone").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void exchange_aSecondTime_orForAnotherApp_orWithoutTheNonce_refused() throws Exception {
        String once = idToken("google-2", "the-app");
        assertThat(exchange(once, "phone").status()).isEqualTo(200);
        Answer again = exchange(once, "phone");
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body()).contains("used before").doesNotContain(once);
        assertThat(exchange(idToken("google-2", "another-app"), "phone").status())
                .isEqualTo(401);
        assertThat(app.auth("exchange", "{'id_token':'%s','device':'p'}", idToken("google-2", "the-app"))
                        .status())
                .isEqualTo(401);
        assertThat(exchange(provider.token(KEY, "google-2", claims -> claims.audience("the-app")), "phone")
                        .status())
                .as("an access token")
                .isEqualTo(401);
        assertThat(app.auth("exchange", "{'device':'p'}").status()).isEqualTo(400);
    }

    @Test
    void mqtt_withAnIdToken_refused_andNoPasswordFitsTheAccount() throws Exception {
        String token = idToken("google-3", "the-app");
        RevocationIT.assertRefused(new Device5(broker, user("google-3"), "phone").with(() -> token));
        assertThat(exchange(token, "phone").status()).isEqualTo(200);
        assertThat(app.logIn(user("google-3"), "any password", "phone").status())
                .isEqualTo(401);
    }

    @Test
    void delete_withANewIdTokenOfTheUser_endsTheAccountForGood() throws Exception {
        Answer phone = exchange(idToken("google-4", "the-app"), "phone");
        Answer other = exchange(idToken("google-5", "the-app"), "phone");
        String used = idToken("google-4", "the-app");
        assertThat(exchange(used, "laptop").status()).isEqualTo(200);
        String delete = "{'id_token':'%s','nonce':'n'}";
        assertThat(app.auth("delete", delete, used).status()).as("used before").isEqualTo(401);
        assertThat(app.auth("delete", delete, idToken("google-4", "another-app"))
                        .status())
                .isEqualTo(401);
        assertThat(app.auth("delete", "{'id_token':'%s'}", idToken("google-4", "the-app"))
                        .status())
                .as("without the nonce")
                .isEqualTo(401);
        assertThat(app.auth("delete", delete, phone.access()).status())
                .as("a token of ours")
                .isEqualTo(401);
        assertThat(app.auth("delete", delete, idToken("never-here", "the-app")).status())
                .isEqualTo(401);
        for (String body : new String[] {
            "{'nonce':'n'}",
            "{'user':'u','id_token':'t'}",
            "{'user':'u','password':'p','id_token':'t'}",
            "{'user':'u','password':'p','nonce':'n'}",
            "{'user':'u'}",
            "{'id_token':true}"
        }) {
            assertThat(app.auth("delete", body).status()).as(body).isEqualTo(400);
        }

        try (Device5 device = new Device5(broker, user("google-4"), "phone")
                .with(phone::access)
                .connect()) {
            Answer deleted = app.auth("delete", delete, idToken("google-4", "the-app"));
            assertThat(deleted.status()).as(deleted.body()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(device.disconnects).isNotEmpty());
        }
        assertThat(app.refresh(phone.refresh()).status()).isEqualTo(401);
        assertThat(exchange(idToken("google-4", "the-app"), "phone").status()).isEqualTo(401);
        assertThat(app.refresh(other.refresh()).status()).as("somebody else").isEqualTo(200);
    }
}
