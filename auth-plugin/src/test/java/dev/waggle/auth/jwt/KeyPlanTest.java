package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPlanTest {
    private static final long START = 1_780_000_000L;
    private static final long DAY = 86_400;
    private static final ECKey PAIR = Keys.pair("any");

    private int made;

    /** Making real pairs takes long, and the plan does not look at them. */
    private ECKey fresh() {
        made++;
        return new ECKey.Builder(PAIR).keyID("k" + made).build();
    }

    private List<LocalKey> first() {
        return List.of(new LocalKey(fresh(), LocalKey.UNKNOWN, 0, LocalKey.OPEN));
    }

    private List<LocalKey> at(List<LocalKey> keys, long now, Duration life) {
        return KeyPlan.at(keys, now, life, this::fresh);
    }

    private static List<String> ids(List<LocalKey> keys) {
        return keys.stream().map(LocalKey::id).toList();
    }

    @Test
    void at_overALife_nextIsPublishedADayAhead_thenSigns_thenTheOldOneStaysAMonth() {
        Duration life = Duration.ofDays(90);
        List<LocalKey> keys = at(first(), START, life);
        assertThat(keys)
                .singleElement()
                .satisfies(key -> assertThat(key.madeAt()).isEqualTo(START));
        assertThat(at(keys, START + 89 * DAY - 1, life)).isEqualTo(keys);

        keys = at(keys, START + 89 * DAY, life);
        assertThat(ids(keys)).containsExactly("k1", "k2");
        assertThat(KeyPlan.signing(keys, START + 90 * DAY - 1).id()).isEqualTo("k1");
        assertThat(KeyPlan.signing(keys, START + 90 * DAY).id())
                .as("also without the broker")
                .isEqualTo("k2");

        keys = at(keys, START + 90 * DAY + 5, life);
        assertThat(ids(keys)).containsExactly("k2", "k1");
        long end = START + 120 * DAY + 3_600;
        assertThat(keys.get(1).endsAt()).isEqualTo(end);
        assertThat(ids(at(keys, end - 1, life))).containsExactly("k2", "k1");
        assertThat(ids(at(keys, end, life))).containsExactly("k2");
    }

    @Test
    void at_fileWithoutTimes_firstSigns_othersVerifyForAMonth() {
        LocalKey one = new LocalKey(fresh(), LocalKey.UNKNOWN, 0, LocalKey.OPEN);
        LocalKey other = new LocalKey(fresh(), LocalKey.UNKNOWN, 0, LocalKey.OPEN);
        List<LocalKey> keys = at(List.of(one, other), START, Duration.ofDays(90));

        assertThat(KeyPlan.signing(keys, START).id()).isEqualTo("k1");
        assertThat(keys.get(1).endsAt()).isEqualTo(START + 30 * DAY + 3_600);
    }

    @Test
    void rotated_newKeySignsAtOnce_andWhatWasToComeGoes() {
        List<LocalKey> keys = at(at(first(), START, Duration.ofDays(7)), START + 6 * DAY, Duration.ofDays(7));
        assertThat(ids(keys)).containsExactly("k1", "k2");
        long now = START + 6 * DAY + 10;

        List<LocalKey> kept = KeyPlan.rotated(keys, now, false, this::fresh);
        assertThat(ids(kept)).containsExactly("k3", "k1");
        assertThat(KeyPlan.signing(kept, now).id()).isEqualTo("k3");
        assertThat(kept.get(1).endsAt()).isEqualTo(now + 30 * DAY + 3_600);
        assertThat(ids(KeyPlan.rotated(keys, now, true, this::fresh))).containsExactly("k4");
        assertThat(ids(at(kept, now + 1, Duration.ofDays(7)))).isEqualTo(ids(kept));
    }

    /** Years with a broker that runs, stops for weeks, and is read by others at any time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void at_anyTimes_everyTokenIsVerifiedUntilItEnds_andEveryKeyWasPublishedAhead(long seed) {
        Random random = new Random(seed);
        Duration life = Duration.ofDays(7 + random.nextInt(100));
        List<LocalKey> keys = first();
        Map<String, Long> seenFirst = new HashMap<>();
        List<Map.Entry<String, Long>> tokens = new ArrayList<>();
        long now = START;
        for (int step = 0; step < 3_000; step++) {
            List<LocalKey> stale = keys;
            now += random.nextInt(50) == 0 ? random.nextInt((int) (60 * DAY)) : random.nextInt(40_000);
            // Others read the file also while the broker is down, and sign by the same rule.
            tokens.add(Map.entry(KeyPlan.signing(stale, now).id(), now + 30 * DAY));
            keys = at(keys, now, life);
            assertThat(at(keys, now, life)).as("nothing is due twice").isEqualTo(keys);
            for (LocalKey key : keys) {
                seenFirst.putIfAbsent(key.id(), now);
            }
            LocalKey signing = KeyPlan.signing(keys, now);
            tokens.add(Map.entry(signing.id(), now + 30 * DAY));
            long end = now;
            tokens.removeIf(token -> token.getValue() <= end);
            assertThat(ids(keys))
                    .containsAll(tokens.stream().map(Map.Entry::getKey).toList());
            if (!signing.id().equals("k1")) {
                assertThat(now - seenFirst.getOrDefault(signing.id(), now)).isGreaterThanOrEqualTo(DAY);
            }
            assertThat(keys).hasSizeLessThanOrEqualTo(8);
            assertThat(keys.get(0)).isEqualTo(signing);
        }
        assertThat(made).as("keys do change").isGreaterThan(10);
    }
}
