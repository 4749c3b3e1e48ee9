package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RefreshFamilyTest {
    private static final long START = 1_000_000;
    private static final long LOST_ANSWER = RefreshFamily.LOST_ANSWER.toMillis();

    private static RefreshFamily start() {
        return RefreshFamily.start("f", new UserId("ann"), new DeviceId("phone"), hash(0), START);
    }

    private static SecretHash hash(int number) {
        return SecretHash.of("secret " + number);
    }

    private static RefreshFamily next(RefreshFamily.Turn turn) {
        assertThat(turn).isInstanceOf(RefreshFamily.Turn.Next.class);
        return ((RefreshFamily.Turn.Next) turn).family();
    }

    @Test
    void turn_newest_isGoodOnceAndTheFamilyLastsOn() {
        RefreshFamily turned = next(start().turn(hash(0), hash(1), START + 60_000));

        assertThat(turned.current()).isEqualTo(hash(1));
        assertThat(turned.endsAt()).isEqualTo(START + 60_000 + RefreshFamily.LIFETIME.toMillis());
        assertThat(turned.turn(hash(0), hash(2), START + 60_000 + LOST_ANSWER + 1))
                .isInstanceOf(RefreshFamily.Turn.Reused.class);
    }

    @Test
    void turn_theOneBefore_takenAgainWhileItsAnswerMayBeLost() {
        RefreshFamily once = next(start().turn(hash(0), hash(1), START));
        RefreshFamily again = next(once.turn(hash(0), hash(2), START + LOST_ANSWER));

        assertThat(again.turn(hash(1), hash(3), START + LOST_ANSWER))
                .as("two have tokens of the family")
                .isInstanceOf(RefreshFamily.Turn.Reused.class);
        assertThat(again.turn(hash(0), hash(3), START + LOST_ANSWER + 1))
                .as("taking it again gives no new time")
                .isInstanceOf(RefreshFamily.Turn.Reused.class);
        assertThat(next(again.turn(hash(2), hash(3), START + LOST_ANSWER)).current())
                .isEqualTo(hash(3));
    }

    @Test
    void turn_afterItsEnd_ended() {
        long end = START + RefreshFamily.LIFETIME.toMillis();
        assertThat(start().turn(hash(0), hash(1), end)).isInstanceOf(RefreshFamily.Turn.Ended.class);
        assertThat(start().turn(hash(0), hash(1), end - 1)).isInstanceOf(RefreshFamily.Turn.Next.class);
    }

    /** A thief copies one token; the owner goes on. Whatever the order: soon after both were seen, neither is in. */
    @Property
    void turn_thiefAndOwner_familyEndsOnceBothCame(
            @ForAll @IntRange(max = 5) int before,
            @ForAll @IntRange(min = 1, max = 5) int by,
            @ForAll boolean thiefFirst) {
        long now = START;
        RefreshFamily family = start();
        int newest = 0;
        for (int i = 0; i < before; i++) {
            now += 600_000;
            family = next(family.turn(hash(newest), hash(++newest), now));
        }
        List<SecretHash> stolen = new ArrayList<>(List.of(hash(newest)));
        List<SecretHash> owned = new ArrayList<>(List.of(hash(newest)));
        List<SecretHash> first = thiefFirst ? stolen : owned;
        List<SecretHash> second = thiefFirst ? owned : stolen;
        for (int i = 0; i < by; i++) {
            now += 600_000;
            SecretHash fresh = hash(100 + i);
            family = next(family.turn(first.get(0), fresh, now));
            first.set(0, fresh);
        }
        now += 600_000;
        assertThat(family.turn(second.get(0), hash(200), now)).isInstanceOf(RefreshFamily.Turn.Reused.class);
    }

    @Test
    void printed_familyTokenAndSession_showNoSecret() {
        RefreshToken token = RefreshToken.first(new java.security.SecureRandom());
        RefreshFamily family =
                RefreshFamily.start(token.family(), new UserId("ann"), new DeviceId("phone"), token.hash(), START);
        assertThat(token.toString()).doesNotContain(token.secret());
        assertThat(family.toString()).doesNotContain(token.hash().hex());
        assertThat(RefreshToken.parse(token.text()).get()).isEqualTo(token);
        assertThat(RefreshToken.parse(token.text() + "=").isOk()).isFalse();
        assertThat(RefreshToken.parse("\n" + token.text()).isOk()).isFalse();
    }
}
