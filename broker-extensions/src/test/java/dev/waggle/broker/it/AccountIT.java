package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.config.WaggleConfig.Accounts;
import dev.waggle.broker.config.WaggleConfig.RegistrationBy;
import dev.waggle.broker.it.AccountCaller.Answer;
import dev.waggle.spec.message.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Accounts over HTTP, and MQTT with the tokens they give, for users that differ from test to test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountIT {
    private static final String PASSWORD = "correct horse";

    private TestBroker broker;
    private AccountCaller app;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(
                WaggleConfig.onFreePorts(data).withAccounts(new Accounts(RegistrationBy.OPEN, null, false)));
        app = new AccountCaller(broker);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain(PASSWORD);
    }

    @Test
    void register_thenMqttWithTheAccessToken_isThatUserAndDevice() throws Exception {
        Answer ann = app.register("ann", PASSWORD, "phone");
        assertThat(ann.status()).as(ann.body()).isEqualTo(201);
        assertThat(ann.text("client_id")).isEqualTo("ann.phone");
        assertThat(ann.text("token_type")).isEqualTo("Bearer");
        assertThat(ann.json().path("expires_in").asInt()).isBetween(810, 990);
        try (Device3 phone =
                new Device3(broker, "ann", "phone").password(ann.access()).connect()) {
            phone.subscribe();
            phone.send("d/ann", "to myself");
        }
        assertThatThrownBy(() -> new Device3(broker, "ann", "laptop")
                        .password(ann.access())
                        .connect())
                .isInstanceOf(MqttException.class);
    }

    @Test
    void register_takenOrBadOrUnknownField_refused() throws Exception {
        app.register("bea", PASSWORD, "phone");
        assertRefused(app.register("bea", "another password", "phone"), 409, "exists");
        assertRefused(app.register("b/c", PASSWORD, "phone"), 400, "bad-request");
        assertRefused(app.register("short", "1234567", "phone"), 400, "bad-request");
        assertRefused(app.auth("register", "{'user':'nodevice','password':'%s'}", PASSWORD), 400, "bad-request");
        assertRefused(
                app.auth("token", "{'user':'bea','password':'%s','device':'p','x':'y'}", PASSWORD), 400, "bad-request");
        assertRefused(app.auth("token", "{'user':'bea','user':'ann','password':'x','device':'p'}"), 400, "bad-request");
        assertRefused(app.auth("token", "[]"), 400, "bad-request");
        assertRefused(app.auth("fly", "{}"), 404, "not-found");
        assertThat(app.get(broker.http() + "/auth/token", null).status()).isEqualTo(405);
    }

    @Test
    void logIn_wrongPasswordOrUnknownUser_sameAnswer() throws Exception {
        app.register("cleo", PASSWORD, "phone");
        Answer wrong = app.logIn("cleo", "wrong password", "phone");
        Answer unknown = app.logIn("nobody-here", PASSWORD, "phone");
        assertRefused(wrong, 401, "unauthorized");
        assertThat(unknown).isEqualTo(wrong);
        assertThat(app.logIn("cleo", PASSWORD, "laptop").text("client_id")).isEqualTo("cleo.laptop");
    }

    @Test
    void logIn_failsTooOften_429WithRetryAfter_evenWithTheRightPassword() throws Exception {
        app.register("dora", PASSWORD, "phone");
        Answer last = app.logIn("dora", "wrong password", "phone");
        int failed = 1;
        while (last.status() == 401 && failed < 50) {
            last = app.logIn("dora", "wrong password", "phone");
            failed++;
        }
        assertRefused(last, 429, "rate-limited");
        assertThat(failed).isEqualTo(11);
        assertThat(Integer.parseInt(last.retryAfter())).isBetween(1, 60);
        assertRefused(app.logIn("dora", PASSWORD, "phone"), 429, "rate-limited");
    }

    @Test
    void refresh_rotates_andAReusedTokenEndsTheFamily_alsoAcrossARestart() throws Exception {
        String first = app.register("eve", PASSWORD, "phone").refresh();
        Answer second = app.refresh(first);
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        broker.restart();

        Answer third = app.refresh(second.refresh());
        assertThat(third.status()).as(third.body()).isEqualTo(200);
        assertThat(third.refresh()).isNotEqualTo(second.refresh());
        try (Device3 phone =
                new Device3(broker, "eve", "phone").password(third.access()).connect()) {
            phone.send("d/eve", "still me");
        }
        assertRefused(app.refresh(first), 401, "unauthorized");
        assertRefused(app.refresh(third.refresh()), 401, "unauthorized");
        assertThat(app.logIn("eve", PASSWORD, "phone").status()).isEqualTo(200);
    }

    @Test
    void revoke_aTokenADeviceOrAll_endsWhatItSays() throws Exception {
        Answer phone = app.register("fay", PASSWORD, "phone");
        Answer laptop = app.logIn("fay", PASSWORD, "laptop");
        Answer desk = app.logIn("fay", PASSWORD, "desk");
        Answer watch = app.logIn("fay", PASSWORD, "watch");
        assertThat(app.auth("revoke", "{'refresh_token':'%s'}", phone.refresh()).status())
                .isEqualTo(200);
        assertThat(app.auth("revoke", "{'refresh_token':'%s'}", phone.refresh()).status())
                .isEqualTo(200);
        assertRefused(app.refresh(phone.refresh()), 401, "unauthorized");

        assertRefused(app.auth("revoke", "{'device':'laptop'}"), 401, "unauthorized");
        assertThat(app.authAs(watch.access(), "revoke", "{'device':'laptop'}").status())
                .isEqualTo(200);
        assertRefused(app.refresh(laptop.refresh()), 401, "unauthorized");
        assertThat(app.authAs(watch.access(), "revoke", "{'all':true}").status())
                .isEqualTo(200);
        assertRefused(app.refresh(desk.refresh()), 401, "unauthorized");
        assertRefused(app.refresh(watch.refresh()), 401, "unauthorized");
        for (String body : new String[] {"{}", "{'all':false}", "{'all':true,'device':'x'}", "{'device':true}"}) {
            assertRefused(app.authAs(watch.access(), "revoke", body), 400, "bad-request");
        }
    }

    @Test
    void password_changed_andAccountDeleted_endLogIns() throws Exception {
        Answer phone = app.register("gil", PASSWORD, "phone");
        String change = "{'user':'gil','password':'%s','new_password':'%s'}";
        assertRefused(app.auth("password", change, "wrong password", "battery staple"), 401, "unauthorized");
        assertRefused(app.auth("password", change, PASSWORD, "short"), 400, "bad-request");
        assertThat(app.auth("password", change, PASSWORD, "battery staple").status())
                .isEqualTo(200);
        assertRefused(app.refresh(phone.refresh()), 401, "unauthorized");
        assertRefused(app.logIn("gil", PASSWORD, "phone"), 401, "unauthorized");
        Answer again = app.logIn("gil", "battery staple", "phone");

        assertThat(app.auth("delete", "{'user':'gil','password':'battery staple'}")
                        .status())
                .isEqualTo(200);
        assertRefused(app.refresh(again.refresh()), 401, "unauthorized");
        assertRefused(app.logIn("gil", "battery staple", "phone"), 401, "unauthorized");
        assertRefused(app.register("gil", PASSWORD, "phone"), 409, "exists");
    }

    @Test
    void discovery_leadsToTheKeysThatVerifyTheTokens_andToNoPrivateOne() throws Exception {
        Answer metadata = app.get(broker.http() + "/.well-known/openid-configuration", null);
        assertThat(metadata.status()).isEqualTo(200);
        assertThat(metadata.text("jwks_uri")).isEqualTo(broker.http() + "/.well-known/jwks.json");
        Answer keys = app.get(metadata.text("jwks_uri"), null);
        for (JsonNode key : keys.json().path("keys")) {
            assertThat(key.fieldNames()).toIterable().doesNotContain("d").contains("kid", "x", "y");
        }
        SignedJWT token = SignedJWT.parse(app.register("hal", PASSWORD, "phone").access());
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(metadata.text("issuer"));
        ECDSAVerifier verifier = new ECDSAVerifier(JWKSet.parse(keys.body())
                .getKeyByKeyId(token.getHeader().getKeyID())
                .toECKey());
        assertThat(token.verify(verifier)).isTrue();
    }

    @Test
    void adminUsers_withoutTheRoleAdmin_refused() throws Exception {
        String admin = broker.token("root", "cli", Actor.Role.ADMIN, Duration.ofMinutes(10));
        assertRefused(app.admin(null, "", "{}"), 401, "unauthorized");
        assertRefused(app.admin(broker.token("ivy", "cli"), "", "{}"), 403, "not-allowed");
        assertThat(app.admin(admin, "", "{'user':'ivy','password':'%s','role':'moderator'}".formatted(PASSWORD))
                        .status())
                .isEqualTo(201);
        assertRefused(app.admin(admin, "", "{'user':'ivy','password':'%s'}".formatted(PASSWORD)), 409, "exists");
        Answer in = app.logIn("ivy", PASSWORD, "phone");
        assertThat(app.admin(admin, "/ivy/disable", "{}").status()).isEqualTo(200);
        assertRefused(app.refresh(in.refresh()), 401, "unauthorized");
        assertRefused(app.logIn("ivy", PASSWORD, "phone"), 401, "unauthorized");
        assertThat(app.admin(admin, "/ivy/enable", "{}").status()).isEqualTo(200);
        assertThat(app.admin(admin, "/ivy/password", "{'password':'battery staple'}")
                        .status())
                .isEqualTo(200);
        assertThat(app.logIn("ivy", "battery staple", "phone").status()).isEqualTo(200);
        assertRefused(app.admin(admin, "/nobody/enable", "{}"), 404, "not-found");
        assertRefused(app.admin(admin, "/ivy/fly", "{}"), 404, "not-found");

        Answer list = app.get(broker.admin() + "/admin/v1/users?limit=1&after=ivx", admin);
        assertThat(list.json().path("users").get(0).path("role").asText()).isEqualTo("moderator");
        assertThat(list.text("next")).isEqualTo("ivy");
        assertThat(list.body()).doesNotContain("argon2");
        assertRefused(app.get(broker.admin() + "/admin/v1/users?limit=0", admin), 400, "bad-request");
        assertRefused(app.get(broker.admin() + "/admin/v1/users?limit=%FF", admin), 400, "bad-request");
    }

    @Test
    void register_closedOrWithoutTheInvitation_refused(@TempDir Path other) throws Exception {
        Path file = Files.writeString(other.resolve("invite"), "the code of the day\nnot this line\n");
        WaggleConfig closed = WaggleConfig.onFreePorts(other.resolve("data"));
        try (TestBroker shut = new TestBroker(closed)) {
            assertRefused(new AccountCaller(shut).register("ann", PASSWORD, "phone"), 403, "not-allowed");
        }
        try (TestBroker invited =
                new TestBroker(closed.withAccounts(new Accounts(RegistrationBy.INVITE, file, false)))) {
            AccountCaller guest = new AccountCaller(invited);
            assertRefused(guest.register("ann", PASSWORD, "phone"), 403, "not-allowed");
            String body = "{'user':'ann','password':'%s','device':'phone','invite':'%s'}";
            assertRefused(guest.auth("register", body, PASSWORD, "another code"), 403, "not-allowed");
            assertThat(guest.auth("register", body, PASSWORD, "the code of the day")
                            .status())
                    .isEqualTo(201);
        }
    }
}
