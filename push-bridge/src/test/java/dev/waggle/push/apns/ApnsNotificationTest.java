package dev.waggle.push.apns;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.Address;
import dev.waggle.push.Alert;
import dev.waggle.push.Push;
import dev.waggle.push.Pushes;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApnsNotificationTest {
    private static final long NOW = Pushes.NOW.toEpochMilli();
    private static final Instant EXPIRES = Pushes.NOW.plusSeconds(3_600);
    private static final Address.Apns PHONE = new Address.Apns("ab12", "dev.waggle.app", false);
    private static final Address.Apns PUSH_KIT = new Address.Apns("ab12", "dev.waggle.app.voip", false);

    private static Push push(
            Push.Kind kind, Alert alert, Bytes sealed, URI image, Integer badge, List<String> dismiss, long expires) {
        return new Push(
                Pushes.ID,
                new UserId("bob"),
                new DeviceId("phone"),
                kind,
                "t1",
                null,
                0,
                1,
                alert,
                sealed,
                image,
                badge,
                dismiss,
                expires);
    }

    private static Push message(Alert alert) {
        return new Push(
                Pushes.ID,
                new UserId("bob"),
                new DeviceId("phone"),
                Push.Kind.MESSAGE,
                "t1",
                "g/g1",
                7,
                2,
                alert,
                null,
                null,
                3,
                List.of(),
                EXPIRES.toEpochMilli());
    }

    private static Push update(Integer badge, String... dismiss) {
        return push(Push.Kind.UPDATE, null, null, null, badge, List.of(dismiss), EXPIRES.toEpochMilli());
    }

    private static Push call(String body) {
        return push(Push.Kind.CALL, Alert.of("Ann", body), null, null, null, List.of(), NOW + 30_000);
    }

    private static SimpleApnsPushNotification of(Address.Apns to, Push push) {
        return ApnsNotification.of(to, push, NOW).get();
    }

    private static JsonNode json(SimpleApnsPushNotification notification) throws Exception {
        return new ObjectMapper().readTree(notification.getPayload());
    }

    @Test
    void message_isAnAlert() throws Exception {
        SimpleApnsPushNotification sent = of(PHONE, message(Alert.of("Ann", "Hello")));
        assertThat(sent.getToken()).isEqualTo("ab12");
        assertThat(sent.getTopic()).isEqualTo("dev.waggle.app");
        assertThat(sent.getApnsId()).isEqualTo(Pushes.ID);
        assertThat(sent.getPushType()).isEqualTo(PushType.ALERT);
        assertThat(sent.getPriority()).isEqualTo(DeliveryPriority.IMMEDIATE);
        assertThat(sent.getExpiration()).isEqualTo(EXPIRES);
        assertThat(sent.getCollapseId()).isEqualTo("t1");
        assertThat(json(sent)).isEqualTo(new ObjectMapper().readTree("""
                        {"aps":{"badge":3,"alert":{"title":"Ann","body":"Hello"},"sound":"default","thread-id":"t1"},
                         "waggle":{"kind":"message","thread":"t1","conv":"g/g1","seq":7,"count":2,
                                   "id":"00000000-0000-4000-8000-000000000001"}}"""));
    }

    @Test
    void textOfTheApp_isNamed_notSpelledOut() throws Exception {
        Alert alert = new Alert("Title", "New message from Ann", "NEW_FROM", List.of("Ann"));
        JsonNode shown = json(of(PHONE, message(alert))).at("/aps/alert");
        assertThat(shown).isEqualTo(new ObjectMapper().readTree("""
                {"title":"Title","loc-key":"NEW_FROM","loc-args":["Ann"]}"""));
    }

    @Test
    void sealedOrImage_letTheAppChangeWhatIsShown() throws Exception {
        Alert alert = new Alert(null, "New message", "NEW", List.of());
        long expires = EXPIRES.toEpochMilli();
        JsonNode sealed =
                json(of(PHONE, push(Push.Kind.MESSAGE, alert, Bytes.utf8("secret"), null, null, List.of(), expires)));
        assertThat(sealed.at("/aps/mutable-content").asInt()).isEqualTo(1);
        assertThat(sealed.at("/waggle/enc").asText()).isEqualTo("c2VjcmV0");
        JsonNode image = json(of(
                PHONE,
                push(Push.Kind.MESSAGE, alert, null, URI.create("https://x.example/i"), null, List.of(), expires)));
        assertThat(image.at("/aps/mutable-content").asInt()).isEqualTo(1);
        assertThat(image.at("/waggle/image").asText()).isEqualTo("https://x.example/i");
    }

    @Test
    void update_withNotificationsToTakeAway_wakesTheApp() throws Exception {
        SimpleApnsPushNotification sent = of(PHONE, update(4, "t1", "t2"));
        assertThat(sent.getPushType()).isEqualTo(PushType.BACKGROUND);
        assertThat(sent.getPriority()).isEqualTo(DeliveryPriority.CONSERVE_POWER);
        assertThat(sent.getCollapseId()).isNull();
        assertThat(json(sent).get("aps")).isEqualTo(new ObjectMapper().readTree("{\"content-available\":1}"));
        assertThat(json(sent).at("/waggle/badge").asInt()).isEqualTo(4);
        assertThat(json(sent).at("/waggle/dismiss").toString()).isEqualTo("[\"t1\",\"t2\"]");
    }

    @Test
    void update_ofTheNumberOnly_needsNoApp() throws Exception {
        SimpleApnsPushNotification sent = of(PHONE, update(0));
        assertThat(sent.getPushType()).isEqualTo(PushType.ALERT);
        assertThat(sent.getPriority()).isEqualTo(DeliveryPriority.CONSERVE_POWER);
        assertThat(sent.getCollapseId()).isNull();
        assertThat(json(sent).get("aps").toString()).isEqualTo("{\"badge\":0}");
    }

    @Test
    void call_isOneAttempt_andRingsThroughPushKitIfRegisteredThere() {
        assertThat(of(PHONE, call("calls")).getPushType()).isEqualTo(PushType.ALERT);
        assertThat(of(PHONE, call("calls")).getExpiration()).isNull();
        assertThat(of(PUSH_KIT, call("calls")).getPushType()).isEqualTo(PushType.VOIP);
        assertThat(of(PUSH_KIT, call("calls")).getExpiration()).isNull();
    }

    @Test
    void pushKit_getsNothingButCalls() {
        assertThat(ApnsNotification.of(PUSH_KIT, message(Alert.of("Ann", "Hello")), NOW)
                        .isOk())
                .isFalse();
        assertThat(ApnsNotification.of(PUSH_KIT, update(1), NOW).isOk()).isFalse();
    }

    @Test
    void expiration_thatHasPassed_isOneAttempt_andNoneIsLongerThanApnsKeeps() {
        Alert alert = Alert.of(null, "x");
        assertThat(of(PHONE, push(Push.Kind.MESSAGE, alert, null, null, null, List.of(), NOW))
                        .getExpiration())
                .isNull();
        assertThat(of(PHONE, push(Push.Kind.MESSAGE, alert, null, null, null, List.of(), Long.MAX_VALUE))
                        .getExpiration())
                .isEqualTo(Pushes.NOW.plusSeconds(30 * 24 * 3_600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "😀", "\"", "\n", "\ud800"})
    void body_beyondTheLimit_isCutToIt(String of) {
        String payload = of(PHONE, message(Alert.of("Ann", of.repeat(6_000)))).getPayload();
        assertThat(payload.getBytes(StandardCharsets.UTF_8).length).isBetween(4_080, 4_096);
        String call = of(PUSH_KIT, call(of.repeat(6_000))).getPayload();
        assertThat(call.getBytes(StandardCharsets.UTF_8).length).isBetween(5_100, 5_120);
    }

    @Test
    void sealedContent_beyondTheLimit_cannotBeSent() {
        Bytes large = Bytes.wrap(new byte[4_000]);
        assertThat(ApnsNotification.of(
                                PHONE,
                                push(Push.Kind.MESSAGE, Alert.of(null, "x"), large, null, null, List.of(), 0),
                                NOW)
                        .isOk())
                .isFalse();
    }

    @Test
    void thread_thatIsNoHeader_isHashedForCollapsing() {
        Push any = message(Alert.of("Ann", "Hello"));
        String thread = "täg ".repeat(40);
        Push odd = new Push(
                any.id(),
                any.user(),
                any.device(),
                any.kind(),
                thread,
                null,
                1,
                1,
                any.alert(),
                null,
                null,
                null,
                List.of(),
                any.expiresAt());
        assertThat(of(PHONE, odd).getCollapseId()).matches("[A-Za-z0-9_-]{43}");
        assertThat(of(PHONE, odd).getCollapseId()).isEqualTo(of(PHONE, odd).getCollapseId());
    }

    @Test
    void address_thatCannotBeOne_leavesNowhere() {
        ApnsSettings settings =
                ApnsSettings.usual(Path.of("k.p8"), "ABCDE12345", "TEAM123456", List.of("dev.waggle.app"));
        assertThat(ApnsNotification.address(PHONE, settings).isOk()).isTrue();
        assertThat(ApnsNotification.address(PUSH_KIT, settings).isOk()).isFalse();
        assertThat(ApnsNotification.address(new Address.Apns("../x", "dev.waggle.app", false), settings)
                        .isOk())
                .isFalse();
        assertThat(ApnsNotification.address(new Address.Apns("", "dev.waggle.app", false), settings)
                        .isOk())
                .isFalse();
        assertThat(ApnsNotification.address(new Address.Webhook("ab12"), settings)
                        .isOk())
                .isFalse();
    }
}
