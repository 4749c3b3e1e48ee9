package dev.waggle.push.browser;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's Firefox ESR, headless, with a profile of its own that knows no server but ours. */
final class Firefox implements Closeable {
    private final Process process;

    /** @param folder for its profile and everything else it writes */
    Firefox(Path folder, String pushService, String page) throws IOException {
        Files.writeString(folder.resolve("user.js"), """
                user_pref("dom.push.enabled", true);
                user_pref("dom.push.connection.enabled", true);
                user_pref("dom.push.serverURL", "%s");
                user_pref("dom.push.testing.allowInsecureServerURL", true);
                user_pref("permissions.default.desktop-notification", 1);
                user_pref("alerts.useSystemBackend", false);
                user_pref("app.update.enabled", false);
                user_pref("app.normandy.enabled", false);
                user_pref("browser.aboutwelcome.enabled", false);
                user_pref("browser.safebrowsing.malware.enabled", false);
                user_pref("browser.safebrowsing.phishing.enabled", false);
                user_pref("browser.shell.checkDefaultBrowser", false);
                user_pref("datareporting.policy.dataSubmissionEnabled", false);
                user_pref("extensions.update.enabled", false);
                user_pref("network.captive-portal-service.enabled", false);
                user_pref("network.connectivity-service.enabled", false);
                user_pref("network.proxy.type", 0);
                user_pref("services.settings.server", "data:,");
                user_pref("toolkit.telemetry.enabled", false);
                """.formatted(pushService));
        ProcessBuilder firefox = new ProcessBuilder(
                System.getProperty("waggle.firefox", "firefox-esr"),
                "--headless",
                "--no-remote",
                "--profile",
                folder.toString(),
                page);
        firefox.environment().put("HOME", folder.toString());
        firefox.redirectErrorStream(true);
        firefox.redirectOutput(folder.resolve("firefox.out").toFile());
        process = firefox.start();
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
