package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.it.AccountCaller.Answer;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Logging out ends the connections that live on the log-in, within a second and for good; users differ from test to test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogOutIT {
    private static final String PASSWORD = "correct horse";
    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final int NOT_AUTHORIZED = 0x87;

    private BrokerProcess broker;
    private AccountCaller app;
    private String admin;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = new BrokerProcess(folder);
        app = new AccountCaller(broker);
        admin = broker.token("root", "cli", Actor.Role.ADMIN, Duration.ofMinutes(10));
    }

    @AfterAll
    void stop() throws InterruptedException {
        broker.close();
    }

    private void account(String user) throws Exception {
        Answer made = app.admin(admin, "", "{'user':'%s','password':'%s'}".formatted(user, PASSWORD));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    private Device5 connected(String user, String device, Answer logIn) throws MqttException {
        return new Device5(broker, user, device).with(logIn::access).connect().subscribe();
    }

    private static void assertEnds(Device5 device) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PROMISED)
                .untilAsserted(() -> assertThat(device.disconnects).contains(NOT_AUTHORIZED));
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void oneDevice_byItsRefreshTokenOrByName_ends_theOthersStay() throws Exception {
        account("ann");
        Answer phone = app.logIn("ann", PASSWORD, "phone");
        Answer laptop = app.logIn("ann", PASSWORD, "laptop");
        Answer watch = app.logIn("ann", PASSWORD, "watch");
        try (Device5 first = connected("ann", "phone", phone);
                Device5 second = connected("ann", "laptop", laptop);
                Device5 third = connected("ann", "watch", watch)) {
            done(app.auth("revoke", "{'refresh_token':'%s'}", phone.refresh()));
            assertEnds(first);
            done(app.authAs(watch.access(), "revoke", "{'device':'laptop'}"));
            assertEnds(second);

            assertThat(third.connected()).isTrue();
            assertThat(new HttpCaller(broker, phone.access()).call("me", "{}").status())
                    .isEqualTo(401);
            third.send("d/ann", "waits for the phone");
            first.with(app.logIn("ann", PASSWORD, "phone")::access).connect();
            assertThat(first.sessionPresent()).as("the device's session stays").isTrue();
            await().untilAsserted(() ->
                    assertThat(first.arrived).anyMatch(each -> each.text().equals("waits for the phone")));
        }
    }

    @Test
    void forgottenDevice_isLoggedOut_andComesAgainAsANewOne() throws Exception {
        account("dan");
        Answer phone = app.logIn("dan", PASSWORD, "phone");
        Answer laptop = app.logIn("dan", PASSWORD, "laptop");
        try (Device5 lost = connected("dan", "phone", phone);
                Device5 kept = connected("dan", "laptop", laptop)) {
            HttpCaller owner = new HttpCaller(broker, laptop.access());
            assertThat(owner.call("device.forget", "{\"device\":\"phone\"}").status())
                    .isEqualTo(200);
            await().pollInterval(Duration.ofMillis(5)).atMost(PROMISED).until(() -> !lost.disconnects.isEmpty());
            assertThat(app.auth("refresh", "{'refresh_token':'%s'}", phone.refresh())
                            .status())
                    .isEqualTo(401);
            assertThat(kept.connected()).isTrue();
            lost.with(app.logIn("dan", PASSWORD, "phone")::access).connect();
            assertThat(lost.sessionPresent()).isFalse();
        }
    }

    @Test
    void allDevices_changedPassword_deletedAccount_endEverything_andTheOwnerGetsInAtOnce() throws Exception {
        account("bea");
        try (Device5 phone = connected("bea", "phone", app.logIn("bea", PASSWORD, "phone"));
                Device5 laptop = connected("bea", "laptop", app.logIn("bea", PASSWORD, "laptop"))) {
            done(app.authAs(app.logIn("bea", PASSWORD, "http").access(), "revoke", "{'all':true}"));
            assertEnds(phone);
            assertEnds(laptop);

            phone.with(app.logIn("bea", PASSWORD, "phone")::access).connect();
            phone.disconnects.clear();
            done(app.auth(
                    "password", "{'user':'bea','password':'%s','new_password':'%s'}", PASSWORD, "battery staple"));
            assertEnds(phone);

            phone.with(app.logIn("bea", "battery staple", "phone")::access).connect();
            phone.disconnects.clear();
            done(app.auth("delete", "{'user':'bea','password':'battery staple'}"));
            assertEnds(phone);
            RevocationIT.assertRefused(phone);
        }
    }

    @Test
    void refreshToken_usedAgain_endsTheConnectionOfTheDevice() throws Exception {
        account("cleo");
        Answer first = app.logIn("cleo", PASSWORD, "phone");
        Answer second = app.refresh(first.refresh());
        Answer third = app.refresh(second.refresh());
        try (Device5 phone = connected("cleo", "phone", third)) {
            assertThat(app.refresh(first.refresh()).status()).isEqualTo(401);
            assertEnds(phone);
            RevocationIT.assertRefused(phone);
        }
    }

    @Test
    void loggedOut_thenKilled_isStillLoggedOut() throws Exception {
        account("dora");
        Answer phone = app.logIn("dora", PASSWORD, "phone");
        Answer laptop = app.logIn("dora", PASSWORD, "laptop");
        done(app.auth("revoke", "{'refresh_token':'%s'}", phone.refresh()));
        broker.kill();
        broker.start();

        RevocationIT.assertRefused(new Device5(broker, "dora", "phone").with(phone::access));
        try (Device5 other = connected("dora", "laptop", laptop)) {
            assertThat(other.connected()).isTrue();
        }
    }
}
