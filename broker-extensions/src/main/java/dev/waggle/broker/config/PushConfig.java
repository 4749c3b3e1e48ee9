package dev.waggle.broker.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sleeping devices are woken.
 *
 * @param apps of the operator; the first is that of devices which name none
 */
public record PushConfig(List<App> apps, Pace pace) {
    public PushConfig {
        apps = List.copyOf(apps);
    }

    /**
     * The ways to the devices of one app.
     *
     * @param id what devices name it, {@code [A-Za-z0-9._-]{1,64}}
     * @param place what the paths of its settings begin with, for people
     * @param fcm null: not by Firebase
     * @param apns null: not by Apple
     * @param webPush null: no browsers
     * @param webhook null: nobody else
     */
    public record App(
            String id,
            String place,
            @Nullable Fcm fcm,
            @Nullable Apns apns,
            @Nullable WebPush webPush,
            @Nullable Webhook webhook) {
        /** True if none of its devices can be woken. */
        boolean isEmpty() {
            return fcm == null && apns == null && webPush == null && webhook == null;
        }
    }

    /** @param keyFile of a service account, JSON */
    public record Fcm(Path keyFile, URI endpoint) {}

    /**
     * @param keyFile a signing key, {@code .p8}
     * @param topics bundle ids; the first is that of devices which name none
     * @param host production
     * @param trusted certificates in the place of the usual authorities, PEM, or null
     */
    public record Apns(
            Path keyFile,
            String keyId,
            String teamId,
            List<String> topics,
            String host,
            String sandboxHost,
            int port,
            @Nullable Path trusted) {
        public Apns {
            topics = List.copyOf(topics);
        }
    }

    /**
     * @param contact {@code mailto:} or {@code https:}, or null
     * @param allowPrivate hosts, addresses and networks of push services that need not be public
     */
    public record WebPush(@Nullable String contact, List<String> allowPrivate) {
        public WebPush {
            allowPrivate = List.copyOf(allowPrivate);
        }
    }

    /** @param secretFile its first line signs */
    public record Webhook(URI url, Path secretFile) {}

    /**
     * @param unacknowledgedAfter a connected device that has not acknowledged for so long is taken for asleep
     * @param grace a device that has gone may come back within it
     * @param window at most one push of a conversation to a device in it, after the first
     * @param ttl a message this old wakes nobody
     */
    public record Pace(Duration unacknowledgedAfter, Duration grace, Duration window, Duration ttl) {}
}
