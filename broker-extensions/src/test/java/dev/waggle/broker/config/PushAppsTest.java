package dev.waggle.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushAppsTest {
    @TempDir
    private Path folder;

    private ConfigReading read(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("w.yaml"), yaml);
        return new ConfigReader(folder.resolve("elsewhere"), environment).read(file, Map.of());
    }

    private static PushConfig accepted(ConfigReading reading) {
        return reading.fold(good -> good.config().push(), bad -> {
            throw new AssertionError(bad);
        });
    }

    private List<String> refused(String yaml) throws IOException {
        return read(yaml, Map.of()).fold(good -> List.of(), bad -> bad.problems()).stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void read_pushServicesNearby_areWebPush_withoutAContact() throws IOException {
        assertThat(webPush("[127.0.0.1]")).isEqualTo(new PushConfig.WebPush(null, List.of("127.0.0.1")));
        assertThat(webPush("true")).isEqualTo(new PushConfig.WebPush(null, List.of("true")));
        assertThat(webPush("false")).isNull();
        assertThat(webPush("[]")).isNull();
    }

    private PushConfig.WebPush webPush(String allowPrivate) throws IOException {
        return accepted(read("push: {webpush: {allowPrivate: " + allowPrivate + "}}", Map.of()))
                .apps()
                .get(0)
                .webPush();
    }

    @Test
    void read_twoApps_eachHasItsOwn() throws IOException {
        PushConfig config = accepted(read("""
                push:
                  fcm: {keyFile: one.json}
                  apps:
                  - app: shop
                    fcm: {keyFile: two.json}
                    webhook: {url: "https://hook.example/p", secretFile: secret}
                """, Map.of()));
        assertThat(config.apps()).extracting(PushConfig.App::id).containsExactly("default", "shop");
        PushConfig.App usual = config.apps().get(0);
        PushConfig.App shop = config.apps().get(1);
        assertThat(usual.fcm()).isNotNull();
        assertThat(usual.fcm().keyFile()).isEqualTo(folder.resolve("one.json"));
        assertThat(usual.webhook()).isNull();
        assertThat(shop.fcm()).isNotNull();
        assertThat(shop.fcm().keyFile()).isEqualTo(folder.resolve("two.json"));
        assertThat(shop.webhook()).isNotNull();
        assertThat(shop.apns()).isNull();
    }

    @Test
    void read_variable_takesThePlaceOfTheList() throws IOException {
        PushConfig config = accepted(read(
                "push: {apps: [{app: shop, webpush: {contact: 'mailto:a@b.example'}}]}",
                Map.of("WAGGLE_PUSH_APPS", "[{app: fleet, fcm: {keyFile: key.json}}]")));
        assertThat(config.apps()).extracting(PushConfig.App::id).containsExactly("default", "fleet");
        PushConfig.Fcm fcm = config.apps().get(1).fcm();
        assertThat(fcm).isNotNull();
        assertThat(fcm.keyFile()).isEqualTo(folder.resolve("elsewhere").resolve("key.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[{fcm: {keyFile: k}}] | push.apps[0].app: is missing",
                "[{app: 'a b', fcm: {keyFile: k}}] | push.apps[0].app: 'a b'",
                "[{app: default, fcm: {keyFile: k}}] | 'default' is there twice",
                "[{app: a, fcm: {keyFile: k}}, {app: a, fcm: {keyFile: k}}] | push.apps[1].app: 'a' is there twice",
                "[{app: a}] | 'a' has no way to its devices",
                "[{app: a, fcm: {keyfile: k}}] | push.apps[0].fcm.keyfile: is no key",
                "[{app: a, apns: {keyFile: k}}] | push.apps[0].apns.keyId: is missing, and push.apps[0].apns.keyFile",
                "[{app: a, webhook: {url: 'https://h.example'}}] | push.apps[0].webhook.secretFile: is missing",
                "[{app: a, fcm: {keyFile: k, endpoint: nowhere}}] | push.apps[0].fcm.endpoint: 'nowhere'",
                "[shop] | push.apps: 'shop'",
            })
    void read_entryThatCannotBe_isAProblemThatSaysWhere(String apps, String problem) throws IOException {
        assertThat(refused("push: {apps: " + apps + "}")).anyMatch(told -> told.contains(problem));
    }

    @Test
    void read_tooMany_isOneProblem() throws IOException {
        String apps = IntStream.rangeClosed(0, PushApps.MOST)
                .mapToObj(i -> "{app: a" + i + ", fcm: {keyFile: k}}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(refused("push: {apps: " + apps + "}"))
                .singleElement()
                .asString()
                .contains("push.apps: has 17 entries", "at most 16");
    }
}
