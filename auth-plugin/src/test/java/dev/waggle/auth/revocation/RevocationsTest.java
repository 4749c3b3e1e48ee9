package dev.waggle.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Identity;
import dev.waggle.auth.Standing;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final long NOW = 1_700_000_000_400L;
    private static final long NEXT_SECOND = 1_700_000_001_000L;
    private static final UserId ANN = new UserId("ann");
    private static final DeviceId PHONE = new DeviceId("phone");

    private final Revocations table = new Revocations();

    /** @param issuedAt Unix milliseconds */
    private static Identity token(String user, @Nullable String device, String issuer, String tokenId, long issuedAt) {
        DeviceId id = device == null ? null : new DeviceId(device);
        return new Identity(
                new UserId(user), id, null, null, Actor.Role.USER, issuer, issuedAt, issuedAt + 900_000, tokenId);
    }

    private static Identity ann(@Nullable String device, long issuedAt) {
        return token("ann", device, "waggle:local", "t1", issuedAt);
    }

    @Test
    void of_nothingRevoked_good() {
        assertThat(table.of(ann("phone", 0))).isEqualTo(Standing.GOOD);
        assertThat(table.list(null, 10)).isEmpty();
        assertThat(table.changes()).isZero();
    }

    @Test
    void of_oneToken_onlyThatOneOfThatIssuer() {
        table.add(new Revocation.OfToken("waggle:local", "t1", NOW + 1));

        assertThat(table.of(ann("phone", NOW))).isEqualTo(Standing.REVOKED);
        assertThat(table.of(token("ben", null, "waggle:local", "t1", NOW))).isEqualTo(Standing.REVOKED);
        assertThat(table.of(token("ann", "phone", "waggle:local", "t2", NOW))).isEqualTo(Standing.GOOD);
        assertThat(table.of(token("ann", "phone", "https://other", "t1", NOW))).isEqualTo(Standing.GOOD);
    }

    @Test
    void of_agent_itsTokensForOthersToo() {
        Identity bot = new Identity(
                new UserId("ben"),
                null,
                null,
                ANN,
                Actor.Role.SERVICE,
                "waggle:local",
                NOW - 5_000,
                NOW + 900_000,
                "t9");
        assertThat(table.of(bot)).isEqualTo(Standing.GOOD);
        table.add(new Revocation.OfUser(ANN, Revocation.fromNow(NOW)));
        assertThat(table.of(bot)).isEqualTo(Standing.REVOKED);
        table.add(new Revocation.Disabled(ANN));
        assertThat(table.of(bot)).isEqualTo(Standing.DISABLED);
        assertThat(table.of(token("ben", null, "waggle:local", "t", 0))).isEqualTo(Standing.GOOD);
    }

    @Test
    void of_user_tokensIssuedUntilNow_andNoneAfter() {
        table.add(new Revocation.OfUser(ANN, Revocation.fromNow(NOW)));

        assertThat(table.of(ann("phone", NEXT_SECOND - 1_000))).isEqualTo(Standing.REVOKED);
        assertThat(table.of(ann(null, 0))).isEqualTo(Standing.REVOKED);
        assertThat(table.of(ann("phone", NEXT_SECOND))).isEqualTo(Standing.GOOD);
        assertThat(table.of(token("Ann", "phone", "waggle:local", "t", 0))).isEqualTo(Standing.GOOD);
    }

    @Test
    void of_device_onlyWhereTheTokenIsUsedOnIt() {
        table.add(new Revocation.OfDevice(ANN, PHONE, NEXT_SECOND));

        assertThat(table.of(ann("phone", NOW - 400))).isEqualTo(Standing.REVOKED);
        assertThat(table.of(ann("tablet", NOW - 400))).isEqualTo(Standing.GOOD);
        assertThat(table.of(ann(null, NOW - 400))).isEqualTo(Standing.GOOD);
        assertThat(table.of(ann("phone", NEXT_SECOND))).isEqualTo(Standing.GOOD);
        assertThat(table.of(token("ben", "phone", "waggle:local", "t", 0))).isEqualTo(Standing.GOOD);
    }

    @Test
    void of_disabled_everyToken_untilEnabled() {
        table.add(new Revocation.Disabled(ANN));
        table.add(new Revocation.OfUser(ANN, NEXT_SECOND));

        assertThat(table.of(ann("phone", NEXT_SECOND + 1_000_000))).isEqualTo(Standing.DISABLED);
        assertThat(table.of(ann("phone", 0))).isEqualTo(Standing.DISABLED);
        table.drop(Key.disabled(ANN));
        assertThat(table.of(ann("phone", NEXT_SECOND))).isEqualTo(Standing.GOOD);
        assertThat(table.of(ann("phone", 0))).isEqualTo(Standing.REVOKED);
    }

    @Test
    void add_earlierThanWhatHolds_changesNothing() {
        Revocation later = new Revocation.OfUser(ANN, NEXT_SECOND);
        table.add(later);

        assertThat(table.add(new Revocation.OfUser(ANN, NEXT_SECOND - 5_000))).contains(later);
        assertThat(table.list(null, 10)).containsExactly(later);
        assertThat(table.changes()).isEqualTo(1);
    }

    @Test
    void add_full_refusesWhatIsNew_andKeepsWhatHolds() {
        Revocations small = new Revocations(2);
        Revocation first = new Revocation.OfToken("i", "1", 10);
        small.add(first);
        small.add(new Revocation.OfToken("i", "2", 10));

        assertThat(small.add(new Revocation.OfToken("i", "3", 10))).isEmpty();
        assertThat(small.of(token("ann", null, "i", "3", 0))).isEqualTo(Standing.GOOD);
        assertThat(small.of(token("ann", null, "i", "1", 0))).isEqualTo(Standing.REVOKED);
        assertThat(small.add(new Revocation.OfToken("i", "1", 20))).as("longer").isPresent();
        assertThat(small.add(new Revocation.Disabled(ANN))).as("another kind").isPresent();
    }

    @Test
    void expired_onlyWhenNoTokenCanBeGoodAnyMore() {
        table.add(new Revocation.OfToken("i", "1", NOW));
        table.add(new Revocation.OfUser(ANN, NEXT_SECOND));
        table.add(new Revocation.Disabled(ANN));

        assertThat(table.expired(NOW - 1, 10)).isEmpty();
        assertThat(table.expired(NOW, 10)).containsExactly(Key.token("i", "1"));
        long month = Revocation.LONGEST.toMillis();
        assertThat(table.expired(NEXT_SECOND + month - 1, 10)).hasSize(1);
        assertThat(table.expired(NEXT_SECOND + month, 10)).hasSize(2);
        assertThat(table.expired(Long.MAX_VALUE - 1, 1)).as("bounded").hasSize(1);
    }

    @Test
    void list_inPages_eachOnce() {
        for (int i = 0; i < 25; i++) {
            table.add(new Revocation.OfToken("i", "t" + i, 10));
            table.add(new Revocation.Disabled(new UserId("u" + i)));
        }
        List<Revocation> first = table.list(null, 30);
        List<Revocation> second = table.list(first.get(29).key(), 30);

        assertThat(first).hasSize(30);
        assertThat(second).hasSize(20).doesNotContainAnyElementsOf(first);
    }
}
