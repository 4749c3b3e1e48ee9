package dev.waggle.broker.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.revocation.Key;
import dev.waggle.auth.revocation.Revocation;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationBodyTest {
    private static final long NOW = 1_700_000_000_400L;
    private static final long NEXT_SECOND = 1_700_000_001_000L;
    private static final long LATEST = NOW + Revocation.LONGEST.toMillis();
    private static final UserId ANN = new UserId("ann");

    private static Parsed<Revocation> read(String json) {
        return RevocationBody.read(Bytes.utf8(json), List.of("https://login", "waggle:local"), NOW);
    }

    @Test
    void read_oneToken() {
        assertThat(read("{\"jti\":\"a\"}")).isEqualTo(Parsed.ok(new Revocation.OfToken("waggle:local", "a", LATEST)));
        assertThat(read("{\"jti\":\"a\",\"issuer\":\"https://login\",\"exp\":1700000900}"))
                .isEqualTo(Parsed.ok(new Revocation.OfToken("https://login", "a", 1_700_000_930_000L)));
        assertThat(read("{\"jti\":\"a\",\"exp\":253402300799}"))
                .as("no longer than a token can be good")
                .isEqualTo(Parsed.ok(new Revocation.OfToken("waggle:local", "a", LATEST)));
    }

    @Test
    void read_userOrDevice_fromTheNextWholeSecondUnlessSaid() {
        assertThat(read("{\"user\":\"ann\"}")).isEqualTo(Parsed.ok(new Revocation.OfUser(ANN, NEXT_SECOND)));
        assertThat(read("{\"user\":\"ann\",\"before\":5000}")).isEqualTo(Parsed.ok(new Revocation.OfUser(ANN, 5_000)));
        assertThat(read("{\"user\":\"ann\",\"device\":\"phone\"}"))
                .isEqualTo(Parsed.ok(new Revocation.OfDevice(ANN, new DeviceId("phone"), NEXT_SECOND)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"jti\":\"a\"",
                "{\"jti\":\"a\"} {}",
                "{\"jti\":\"\"}",
                "{\"jti\":\"a b\"}",
                "{\"jti\":7}",
                "{\"issuer\":\"waggle:local\"}",
                "{\"jti\":\"a\",\"issuer\":\"https://typo\"}",
                "{\"jti\":\"a\",\"exp\":\"soon\"}",
                "{\"jti\":\"a\",\"exp\":-1}",
                "{\"jti\":\"a\",\"exp\":1.5}",
                "{\"jti\":\"a\",\"exp\":253402300800}",
                "{\"jti\":\"a\",\"user\":\"ann\"}",
                "{\"device\":\"phone\"}",
                "{\"user\":\"a/b\"}",
                "{\"user\":\"ann\",\"device\":\"a.b\"}",
                "{\"user\":\"ann\",\"device\":null}",
                "{\"user\":\"ann\",\"before\":1700000001001}",
                "{\"user\":\"ann\",\"before\":-1}",
                "{\"user\":\"ann\",\"befroe\":5000}"
            })
    void read_anythingElse_refused(String json) {
        assertThat(read(json).isOk()).isFalse();
    }

    @Test
    void cursor_ofAnyKey_isReadAgain() {
        List<Revocation> some = List.of(
                new Revocation.OfToken("https://login/é", "a b", 1),
                new Revocation.OfDevice(ANN, new DeviceId("phone"), 1),
                new Revocation.OfUser(ANN, 1),
                new Revocation.Disabled(ANN));
        for (Revocation one : some) {
            assertThat(RevocationBody.cursor(RevocationBody.cursor(one.key()))).isEqualTo(Parsed.ok(one.key()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "VE9LRU4KYQ"})
    void cursor_anythingElse_refused(String text) {
        Parsed<Key> read = RevocationBody.cursor(text);

        assertThat(read.isOk()).isFalse();
    }
}
