package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.config.WaggleConfig.Accounts;
import dev.waggle.broker.config.WaggleConfig.RegistrationBy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Administrators invite, people register. */
class InviteIT {
    private static final String INVITES = "/admin/v1/invites";
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;

    private TestBroker broker;

    private void start(RegistrationBy registration) throws Exception {
        broker = new TestBroker(WaggleConfig.onFreePorts(folder).withAccounts(new Accounts(registration, null, false)));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private int register(String user, String code) throws Exception {
        return new AccountCaller(broker)
                .auth("register", "{'user':'%s','password':'%s','device':'d','invite':'%s'}", user, PASSWORD, code)
                .status();
    }

    @Test
    void invitation_isGoodAsOftenAsItSays_alsoAcrossARestart() throws Exception {
        start(RegistrationBy.INVITE);
        HttpCaller operator = HttpCaller.operator(broker);
        HttpCaller.Answer made = operator.adminPost(INVITES, "{\"uses\":2,\"ttl\":600}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String code = made.json().path("code").asText();
        String id = made.json().path("id").asText();
        assertThat(register("ann", "")).isEqualTo(403);
        assertThat(register("ann", code)).isEqualTo(201);
        assertThat(register("ann", code)).isEqualTo(409);

        broker.restart();
        operator = HttpCaller.operator(broker);
        HttpCaller.Answer list = operator.admin(INVITES);
        assertThat(list.body()).doesNotContain(code).doesNotContain("\"code\"");
        assertThat(list.json().at("/invites/0/id").asText()).isEqualTo(id);
        assertThat(list.json().at("/invites/0/uses").asInt()).isEqualTo(1);
        assertThat(list.json().at("/invites/0/expires").asLong()).isPositive();
        assertThat(register("ben", code)).isEqualTo(201);
        assertThat(register("cleo", code)).isEqualTo(403);
    }

    @Test
    void invitation_forOne_manyRegisterAtOnce_oneWins() throws Exception {
        start(RegistrationBy.INVITE);
        String code = HttpCaller.operator(broker)
                .adminPost(INVITES, "")
                .json()
                .path("code")
                .asText();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Integer>> all = IntStream.range(0, 6)
                    .<Callable<Integer>>mapToObj(i -> () -> register("user" + i, code))
                    .toList();
            int winners = 0;
            for (Future<Integer> each : threads.invokeAll(all)) {
                winners += each.get() == 201 ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void revoked_admitsNobody_andWhatIsMalformedIsRefused() throws Exception {
        start(RegistrationBy.INVITE);
        HttpCaller operator = HttpCaller.operator(broker);
        HttpCaller.Answer first = operator.adminPost(INVITES, "{}");
        operator.adminPost(INVITES, "{}");
        HttpCaller.Answer page = operator.admin(INVITES + "?limit=1");
        assertThat(page.json().path("invites")).hasSize(1);
        String next = page.json().path("next").asText();
        assertThat(operator.admin(INVITES + "?limit=5&after=" + next).json().path("invites"))
                .hasSize(1);

        String revoke = "{\"id\":\"%s\"}".formatted(first.json().path("id").asText());
        assertThat(operator.adminPost(INVITES + "/revoke", revoke).status()).isEqualTo(200);
        assertThat(operator.adminPost(INVITES + "/revoke", revoke).status()).isEqualTo(404);
        assertThat(register("ann", first.json().path("code").asText())).isEqualTo(403);
        for (String body : new String[] {"{\"uses\":0}", "{\"uses\":1001}", "{\"ttl\":59}", "{\"ttl\":\"7d\"}", "[]"}) {
            assertThat(operator.adminPost(INVITES, body).status()).as(body).isEqualTo(400);
        }
        assertThat(operator.admin(INVITES + "?after=a%2Fb").status()).isEqualTo(400);
        assertThat(operator.admin(INVITES + "/revoke").status()).isEqualTo(405);
        assertThat(HttpCaller.of(broker, "ann").adminPost(INVITES, "{}").status())
                .isEqualTo(403);
    }

    @Test
    void registrationIsNotByInvitation_noneIsMade() throws Exception {
        start(RegistrationBy.CLOSED);
        HttpCaller.Answer made = HttpCaller.operator(broker).adminPost(INVITES, "{}");
        assertThat(made.status()).isEqualTo(400);
        assertThat(made.body()).contains("registration: invite");
    }
}
