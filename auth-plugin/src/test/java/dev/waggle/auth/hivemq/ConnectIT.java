package dev.waggle.auth.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.auth.ChatAccessRules;
import dev.waggle.auth.hivemq.RawClient.Answer;
import dev.waggle.auth.hivemq.RawClient.Connect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets in on a real host, and what the others are told. */
class ConnectIT extends OnSecuredHost {
    @Test
    void connect_goodToken_acceptedWithTheIdentityOnTheConnection() throws Exception {
        assertThat(host.raw(Connect.of(5, "ann.phone", host.token("ann", null))).code())
                .isZero();
        assertThat(host.raw(Connect.of(4, "ann.tablet", host.token("ann", "tablet")))
                        .code())
                .isZero();
        assertThat(host.raw(Connect.of(4, "ann.old", host.token("ann", null)).user("ann"))
                        .code())
                .isZero();
        await().untilAsserted(() -> assertThat(host.broker().connected)
                .contains("ann.phone is ann on phone", "ann.tablet is ann on tablet", "ann.old is ann on old"));
    }

    @Test
    void connect_nobodyAuthenticates_denied() throws Exception {
        try (TestBroker bare = new TestBroker(directory.resolve("bare"), null, new ChatAccessRules(List.of()))) {
            Answer answer = RawClient.connect(bare.port, Connect.of(5, "ann.phone", host.token("ann", null)));

            assertThat(answer.code()).isEqualTo(0x87);
        }
    }

    @Test
    void connect_noToken_denied() throws Exception {
        host.assertRefused(Connect.of(5, "ann.d", null), 0x87, "no token");
        host.assertRefused(Connect.of(5, "ann.d", ""), 0x87, "no token");
        host.assertRefused(Connect.of(4, "ann.d", null), 5, "");
        host.assertRefused(Connect.of(5, "ann.d", null).user(host.token("ann", null)), 0x87, "no token");
    }

    @Test
    void connect_badToken_deniedWithTheReason() throws Exception {
        String good = host.token("ann", null);
        host.assertRefused(Connect.of(5, "ann.d", "secret"), 0x87, "three parts");
        host.assertRefused(Connect.of(5, "ann.d", good + " "), 0x87, "three parts");
        host.assertRefused(Connect.of(5, "ann.d", "\u00E9" + good), 0x87, "three parts");
        host.assertRefused(Connect.of(5, "ann.d", "a".repeat(65_535)), 0x87, "at most 8192");
        host.assertRefused(Connect.of(4, "ann.d", good.substring(0, good.length() - 1)), 5, "");
    }

    @Test
    void connect_otherClientId_refusedWithTheReason() throws Exception {
        host.assertRefused(Connect.of(5, "bob.d", host.token("ann", null)), 0x85, "ann.{device}");
        host.assertRefused(Connect.of(5, "ann.tablet", host.token("ann", "phone")), 0x85, "ann.phone");
        host.assertRefused(Connect.of(4, "bob.d", host.token("ann", null)), 2, "");
    }

    @Test
    void connect_emptyClientId_refused() throws Exception {
        host.assertRefused(Connect.of(5, "", host.token("ann", null)), 0x85, "ann.{device}");
        host.assertRefused(Connect.of(4, "", host.token("ann", null)), 2, "");
    }

    @Test
    void connect_otherUserName_refused() throws Exception {
        host.assertRefused(Connect.of(5, "ann.d", host.token("ann", null)).user("bob"), 0x85, "user name must be ann");
        host.assertRefused(Connect.of(4, "ann.d", host.token("ann", null)).user("bob"), 2, "");
    }

    @Test
    void connect_mqtt31_refusedAsUnacceptableVersion() throws Exception {
        host.assertRefused(Connect.of(3, "ann.d", host.token("ann", null)), 1, "");
    }

    @Test
    void connect_unknownAuthenticationMethod_refused() throws Exception {
        host.assertRefused(
                Connect.of(5, "ann.d", host.token("ann", null)).method("SCRAM-SHA-1"), 0x8C, "OAUTH2-JWT or JWT");
    }

    @Test
    void connect_willOnTheChat_refusedWithTheReason() throws Exception {
        host.assertRefused(Connect.of(5, "ann.d", host.token("ann", null)).will("u/ann/out/d/bob"), 0x90, "under u/");
        host.assertRefused(Connect.of(4, "ann.d", host.token("ann", null)).will("u/ann/out/d/bob"), 5, "");
        host.assertRefused(Connect.of(5, "ann.d", host.token("ann", null)).will("lwt/bob/d"), 0x87, "no rule");
        assertThat(host.raw(Connect.of(5, "ann.w", host.token("ann", null)).will("lwt/ann/w"))
                        .code())
                .isZero();
    }

    @Test
    void connect_verifierHasABugOrIsSilent_denied() throws Exception {
        host.assertRefused(Connect.of(5, "ann.d", "bug"), 0x80, "could not be checked");
        host.assertRefused(Connect.of(5, "ann.d", "silence"), 0x89, "server busy");
    }

    @Test
    void connect_withAnExpiredToken_denied() throws Exception {
        String token = host.token("ivy", "late", Duration.ofSeconds(1));
        assertThat(host.raw(Connect.of(5, "ivy.late", token)).code()).isZero();

        await().untilAsserted(() -> host.assertRefused(Connect.of(5, "ivy.late", token), 0x87, "expired"));
    }
}
