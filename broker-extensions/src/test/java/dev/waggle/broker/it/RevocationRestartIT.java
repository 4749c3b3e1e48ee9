package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was revoked stays revoked, whatever happens to the process the moment after the answer. */
class RevocationRestartIT {
    @TempDir
    Path folder;

    @Test
    void revoked_thenKilled_isStillRevoked() throws Exception {
        try (BrokerProcess broker = new BrokerProcess(folder)) {
            String token = broker.token("ada", "phone");
            String ofDevice = broker.token("bea", "phone");
            String ofUser = broker.token("cleo", "phone");
            String otherDevice = broker.token("bea", "tablet");
            HttpCaller operator = HttpCaller.operator(broker);
            assertThat(operator.adminPost("/admin/v1/users/emma/disable", "").status())
                    .isEqualTo(200);
            assertThat(operator.adminPost("/admin/v1/users/dora/disable", "").status())
                    .isEqualTo(200);
            assertThat(operator.adminPost("/admin/v1/users/emma/enable", "").status())
                    .isEqualTo(200);
            for (String body : new String[] {
                "{\"jti\":\"" + RevocationIT.jti(token) + "\"}",
                "{\"user\":\"bea\",\"device\":\"phone\"}",
                "{\"user\":\"cleo\"}"
            }) {
                assertThat(operator.adminPost("/admin/v1/revocations", body).status())
                        .isEqualTo(200);
            }

            broker.kill();
            broker.start();

            RevocationIT.assertRefused(new Device5(broker, "ada", "phone").with(() -> token));
            RevocationIT.assertRefused(new Device5(broker, "bea", "phone").with(() -> ofDevice));
            RevocationIT.assertRefused(new Device5(broker, "cleo", "phone").with(() -> ofUser));
            RevocationIT.assertRefused(new Device5(broker, "dora", "phone"));
            assertThat(new HttpCaller(broker, ofUser).call("me", "{}").status()).isEqualTo(401);
            assertThat(HttpCaller.operator(broker)
                            .admin("/admin/v1/revocations")
                            .json()
                            .path("revocations"))
                    .hasSize(4);
            for (Device5 good : new Device5[] {
                new Device5(broker, "ada", "phone"),
                new Device5(broker, "bea", "tablet").with(() -> otherDevice),
                new Device5(broker, "cleo", "phone"),
                new Device5(broker, "emma", "phone")
            }) {
                // A token counts again from the next whole second on.
                await().atMost(Duration.ofSeconds(5))
                        .ignoreExceptions()
                        .until(() -> good.connect().connected());
                good.close();
            }
        }
    }
}
