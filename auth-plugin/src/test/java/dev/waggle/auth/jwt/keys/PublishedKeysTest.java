package dev.waggle.auth.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The keys of an issuer over time, with a download that answers when it is told to. */
class PublishedKeysTest {
    private static final SigningKeys OLD = SigningKeys.p256("old");
    private static final SigningKeys NEW = SigningKeys.p256("new");
    private static final Duration OUTAGE = Duration.ofHours(24);

    private final Queue<CompletableFuture<Parsed<JwkSet>>> asked = new ArrayDeque<>();
    private final List<Boolean> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private int fetches;
    private final PublishedKeys keys = new PublishedKeys(
            "https://id.example",
            () -> {
                fetches++;
                CompletableFuture<Parsed<JwkSet>> answer = new CompletableFuture<>();
                asked.add(answer);
                return answer;
            },
            OUTAGE,
            () -> now,
            (issuer, good) -> told.add(good));

    private KeyLookup find(String keyId) {
        return find(keyId, now);
    }

    /** For a token that comes now. */
    private KeyLookup find(String keyId, Instant issuedAt) {
        return keys.find(
                new KeyRequest(SignatureAlgorithm.ES256, keyId, issuedAt.getEpochSecond(), now.toEpochMilli()));
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private void publish(SigningKeys... published) {
        asked.remove().complete(JwkSet.parse(SigningKeys.set(published).getBytes(StandardCharsets.UTF_8)));
    }

    private void fail() {
        asked.remove().complete(Parsed.bad("status 503"));
    }

    private void loaded(SigningKeys... published) {
        keys.tick();
        publish(published);
    }

    @Test
    void find_beforeTheFirstFetchEnds_waitsForItThenFound() {
        keys.tick();

        KeyLookup first = find("old");
        assertThat(first).isInstanceOf(KeyLookup.Coming.class);
        assertThat(fetches).isEqualTo(1);
        publish(OLD);

        assertThat(((KeyLookup.Coming) first).fetched()).isCompleted();
        assertThat(find("old")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void find_neverHadKeys_unavailableAndAskedForWithGrowingPauses() {
        assertThat(keys.problem()).contains("https://id.example");
        for (int i = 0; i < 600; i++) {
            KeyLookup answer = find("old");
            if (answer instanceof KeyLookup.Coming) {
                fail();
                answer = find("old");
            }
            assertThat(answer).as("T-09").isInstanceOf(KeyLookup.Unavailable.class);
            keys.tick();
            after(Duration.ofSeconds(1));
        }
        assertThat(fetches).isBetween(18, 26);
        assertThat(told).doesNotContain(true);
    }

    @Test
    void find_newKeyOfARotation_waitsForOneFetchThenFound() {
        loaded(OLD);
        after(Duration.ofMinutes(1));

        assertThat(find("new")).as("T-10").isInstanceOf(KeyLookup.Coming.class);
        assertThat(find("new")).isInstanceOf(KeyLookup.Coming.class);
        assertThat(find("old")).as("others do not wait").isInstanceOf(KeyLookup.Found.class);
        assertThat(fetches).isEqualTo(2);
        publish(OLD, NEW);

        assertThat(find("new")).isInstanceOf(KeyLookup.Found.class);
        assertThat(find("old")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void find_unknownKeyAfterItsFetch_unknownForGood() {
        loaded(OLD);
        after(Duration.ofMinutes(1));
        Instant arrived = now;
        KeyRequest request =
                new KeyRequest(SignatureAlgorithm.ES256, "none", arrived.getEpochSecond(), arrived.toEpochMilli());

        assertThat(keys.find(request)).isInstanceOf(KeyLookup.Coming.class);
        after(Duration.ofMillis(100));
        publish(OLD);

        assertThat(keys.find(request)).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void find_floodOfUnknownKeys_twoFetchesInAWindowAndKnownKeysServe() {
        loaded(OLD);
        after(Duration.ofMinutes(1));
        Instant longAgo = now.minusSeconds(600);
        for (int i = 0; i < 1_000; i++) {
            if (find("stranger" + i, longAgo) instanceof KeyLookup.Coming) {
                publish(OLD);
            }
            assertThat(find("old")).isInstanceOf(KeyLookup.Found.class);
            after(Duration.ofMillis(20));
        }
        assertThat(fetches).as("T-08, within 20 s").isEqualTo(1 + 2);
        assertThat(find("stranger", longAgo)).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(find("new", now))
                .as("strangers used up the fetches, so a new key cannot be told from a wrong one")
                .isInstanceOf(KeyLookup.Unavailable.class);
        after(Duration.ofSeconds(30));
        assertThat(find("new", now)).isInstanceOf(KeyLookup.Coming.class);
    }

    @Test
    void find_floodWhileTheSetIsEmpty_pausesHold() {
        int begun = 0;
        for (int i = 0; i < 1_000; i++) {
            if (find("k" + i) instanceof KeyLookup.Coming) {
                asked.remove().complete(JwkSet.parse("{\"keys\":[]}".getBytes(StandardCharsets.UTF_8)));
                begun++;
            }
            after(Duration.ofMillis(20));
        }
        assertThat(begun).as("T-08 an empty set must not switch the limit off").isLessThanOrEqualTo(6);
        assertThat(find("k")).isNotInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void tick_keysAge_fetchedAheadSoNoLoginWaits() {
        loaded(OLD);
        for (int second = 0; second < 3_600; second++) {
            after(Duration.ofSeconds(1));
            keys.tick();
            assertThat(find("old")).isInstanceOf(KeyLookup.Found.class);
            if (!asked.isEmpty()) {
                publish(OLD);
            }
        }
        assertThat(fetches).isEqualTo(1 + 12);
    }

    @Test
    void tick_keyTakenBack_endsWithTheNextFetch() {
        loaded(OLD, NEW);
        after(PublishedKeys.REFRESH);
        keys.tick();
        publish(NEW);

        assertThat(find("old", now.minusSeconds(60))).isNotInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void find_outage_knownKeysServeForTheStatedTimeThenNobody() {
        loaded(OLD);
        Instant start = now;
        while (Duration.between(start, now).compareTo(OUTAGE) < 0) {
            after(Duration.ofMinutes(7));
            keys.tick();
            while (!asked.isEmpty()) {
                fail();
            }
            if (Duration.between(start, now).compareTo(OUTAGE) <= 0) {
                assertThat(find("old")).as("T-09 known keys serve").isInstanceOf(KeyLookup.Found.class);
            }
            assertThat(find("new")).as("T-09 unknown keys never do").isNotInstanceOf(KeyLookup.Found.class);
            while (!asked.isEmpty()) {
                fail();
            }
        }
        assertThat(find("old")).isNotInstanceOf(KeyLookup.Found.class);
        while (!asked.isEmpty()) {
            fail();
        }
        assertThat(find("old")).isInstanceOf(KeyLookup.Unavailable.class);
        assertThat(keys.problem()).isNotNull();

        after(Duration.ofMinutes(1));
        keys.tick();
        publish(OLD);
        assertThat(find("old")).as("and all is well again").isInstanceOf(KeyLookup.Found.class);
        assertThat(keys.problem()).isNull();
    }

    @Test
    void find_machineWasAsleep_waitsForFreshKeysThenTakesWhatThereIs() {
        loaded(OLD);
        after(Duration.ofHours(1));

        assertThat(find("old")).isInstanceOf(KeyLookup.Coming.class);
        fail();
        assertThat(find("old")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void find_clockSetBack_keysAreFetchedAgain() {
        loaded(OLD);
        now = now.minus(Duration.ofHours(1));

        assertThat(find("old")).isInstanceOf(KeyLookup.Coming.class);
        publish(OLD);
        assertThat(find("old")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void find_downloadHasABug_unavailableAndGoesOn() {
        keys.tick();
        asked.remove().completeExceptionally(new IllegalStateException("bug"));
        assertThat(find("old")).isInstanceOf(KeyLookup.Unavailable.class);

        after(Duration.ofSeconds(2));
        loaded(OLD);
        assertThat(find("old")).isInstanceOf(KeyLookup.Found.class);
    }
}
