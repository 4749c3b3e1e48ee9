package dev.waggle.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.conformance.Account.DeviceToken;
import dev.waggle.spec.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedAccountsTest {

    @Test
    void users_areGivenOnce_withTheirDevicesInOrder() {
        ListedAccounts accounts = ListedAccounts.parse(List.of("u0 d t0", "u1 d t1", "", "u0 e t2"))
                .get();
        Account first = accounts.fresh().orElseThrow();
        assertThat(first.user()).isEqualTo("u0");
        assertThat(first.device("phone", 0)).contains(new DeviceToken("d", "t0"));
        assertThat(first.device("laptop", 1)).contains(new DeviceToken("e", "t2"));
        assertThat(first.device("tablet", 2)).isEmpty();
        assertThat(accounts.fresh().orElseThrow().user()).isEqualTo("u1");
        assertThat(accounts.fresh()).isEmpty();
    }

    @Test
    void anyDevice_servesEachWish() {
        Account account = ListedAccounts.parse(List.of("u0 * t")).get().fresh().orElseThrow();
        assertThat(account.device("phone", 0)).contains(new DeviceToken("phone", "t"));
        assertThat(account.device("laptop", 7)).contains(new DeviceToken("laptop", "t"));
    }

    @Test
    void lineOfAnotherForm_isTold_withItsNumberAndWithoutTheToken() {
        Parsed<ListedAccounts> parsed = ListedAccounts.parse(List.of("u0 d t", "u1 secret"));
        String told = parsed.fold(good -> "taken", reason -> reason);
        assertThat(told).contains("line 2").doesNotContain("secret");
    }
}
