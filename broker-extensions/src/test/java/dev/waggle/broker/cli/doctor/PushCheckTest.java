package dev.waggle.broker.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.config.PushConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with one app is told beside what is wrong with another. */
class PushCheckTest {
    private static final PushConfig.Pace PACE =
            new PushConfig.Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofDays(1));

    @TempDir
    Path folder;

    private static List<String> findings(PushConfig.App... apps) throws InterruptedException {
        return PushCheck.run(new PushConfig(List.of(apps), PACE), InstantSource.system()).stream()
                .map(String::valueOf)
                .toList();
    }

    private PushConfig.App fcm(String app, String place) {
        PushConfig.Fcm fcm = new PushConfig.Fcm(folder.resolve(app + ".json"), URI.create("https://fcm.example"));
        return new PushConfig.App(app, place, fcm, null, null, null);
    }

    @Test
    void eachApp_hasItsFindings() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "short");
        PushConfig.Webhook hook = new PushConfig.Webhook(URI.create("https://hook.example"), secret);
        PushConfig.App hooked = new PushConfig.App("hooked", "push.apps[1].", null, null, null, hook);
        List<String> findings = findings(fcm("default", "push."), hooked, fcm("shop", "push.apps[0]."));

        assertThat(findings).hasSize(3);
        assertThat(findings.get(0)).contains("push fcm", "default.json").doesNotContain("shop");
        assertThat(findings.get(1)).contains("push.apps[1].webhook.secretFile");
        assertThat(findings.get(2)).contains("push fcm of shop", "shop.json");
    }

    @Test
    void appleApp_isAskedAboutOnce_forBothItsEnvironments() throws Exception {
        PushConfig.Apns apns = new PushConfig.Apns(
                folder.resolve("key.p8"),
                "ABCDEFGHIJ",
                "ABCDEFGHIJ",
                List.of("chat"),
                "a.example",
                "b.example",
                443,
                null);
        assertThat(findings(new PushConfig.App("default", "push.", null, apns, null, null)))
                .singleElement()
                .asString()
                .contains("push apns", "key.p8");
    }

    @Test
    void noProvider_isNoFault() throws Exception {
        assertThat(findings(new PushConfig.App("default", "push.", null, null, null, null)))
                .singleElement()
                .asString()
                .contains("no provider is configured");
    }
}
