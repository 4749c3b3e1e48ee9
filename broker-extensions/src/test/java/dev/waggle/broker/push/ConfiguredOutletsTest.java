package dev.waggle.broker.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.broker.config.PushConfig;
import dev.waggle.push.Address;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.webpush.VapidKey;
import dev.waggle.spec.Parsed;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Which way a push takes. No provider is asked anything, and no file has to be there. */
class ConfiguredOutletsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final PushConfig.Pace PACE =
            new PushConfig.Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofDays(1));
    private static final PushConfig.Fcm FCM = new PushConfig.Fcm(Path.of("absent"), URI.create("https://fcm.example"));
    private static final Address PHONE = new Address.Fcm("token", false);

    private static ConfiguredOutlets outlets(PushConfig.App... apps) {
        return new ConfiguredOutlets(
                new PushConfig(List.of(apps), PACE),
                VapidKey.make(RANDOM),
                RANDOM,
                InstantSource.system(),
                name -> task -> new Thread(task, name));
    }

    private static PushConfig.Apns apns(String topic) {
        return new PushConfig.Apns(
                Path.of("absent"), "ABCDEFGHIJ", "ABCDEFGHIJ", List.of(topic), "a.example", "b.example", 443, null);
    }

    private static PushConfig.App app(String id, PushConfig.Fcm fcm, PushConfig.Apns apns) {
        return new PushConfig.App(id, "push.", fcm, apns, null, null);
    }

    @Test
    void twoApps_haveProvidersAndBreakersOfTheirOwn() {
        try (ConfiguredOutlets outlets = outlets(app("default", FCM, null), app("shop", FCM, null))) {
            Outlet usual = outlets.of("default", PHONE).get();
            Outlet shop = outlets.of("shop", PHONE).get();
            assertThat(usual.provider()).isNotSameAs(shop.provider());
            assertThat(usual.prune()).isNotSameAs(shop.prune());
            assertThat(usual.id()).hasToString("fcm");
            assertThat(shop.id()).hasToString("fcm of shop");
        }
    }

    @Test
    void sandboxAndProduction_doNotShareABreaker() {
        try (ConfiguredOutlets outlets = outlets(app("default", null, apns("chat")))) {
            Outlet production =
                    outlets.of("default", new Address.Apns("00", "chat", false)).get();
            Outlet sandbox =
                    outlets.of("default", new Address.Apns("00", "chat", true)).get();
            assertThat(production.prune()).isNotSameAs(sandbox.prune());
            assertThat(production.id()).isNotEqualTo(sandbox.id());
            assertThat(outlets.all()).containsExactly(production, sandbox);
        }
    }

    @Test
    void whereThereIsNoWay_theReasonNamesThoseThereAre() {
        try (ConfiguredOutlets outlets = outlets(app("default", null, null), app("shop", FCM, apns("shop")))) {
            assertThat(reason(outlets, "default"))
                    .isEqualTo("nothing is sent by fcm to the app default here; there are shop (fcm, apns)");
            assertThat(reason(outlets, "ship")).contains("the app ship here", "shop (fcm, apns)");
            assertThat(outlets.of("shop", new Address.Webhook("x")).isOk()).isFalse();
        }
        try (ConfiguredOutlets none = outlets(app("default", null, null))) {
            assertThat(reason(none, "default")).endsWith("no provider is configured");
        }
    }

    private static String reason(ConfiguredOutlets outlets, String app) {
        Parsed<Outlet> found = outlets.of(app, PHONE);
        return found.fold(outlet -> "", reason -> reason);
    }

    @Test
    void deviceThatNamesNoBundle_getsTheFirstOfItsApp() {
        try (ConfiguredOutlets outlets = outlets(app("default", null, apns("chat")), app("shop", null, apns("shop")))) {
            assertThat(completed(outlets, "shop")).isEqualTo(new Address.Apns("00", "shop", false));
            assertThat(completed(outlets, "default")).isEqualTo(new Address.Apns("00", "chat", false));
            assertThat(completed(outlets, "ship")).isEqualTo(new Address.Apns("00", "", false));
        }
    }

    private static Address completed(ConfiguredOutlets outlets, String app) {
        Address address = new Address.Apns("00", "", false);
        return outlets.completed(
                        new Registration(app, address, Locale.ENGLISH, ZoneOffset.UTC, "", null, false, null, 0))
                .address();
    }

    @Test
    void settingThatCannotBeUsed_isNamedWithItsPlace() {
        PushConfig.App app = new PushConfig.App(
                "shop", "push.apps[0].", null, null, new PushConfig.WebPush("mailto:a@localhost", List.of()), null);
        assertThatThrownBy(() -> outlets(app))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("push.apps[0].webpush.contact ");
    }
}
