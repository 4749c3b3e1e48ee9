package dev.waggle.push;

import dev.waggle.spec.Bytes;
import java.net.URI;

/** Where a provider finds a device. As given by the device; the text forms show no part of it. */
public sealed interface Address {
    /** A token has at most this many bytes: those of FCM have some 160 now, APNs asks not to assume a length. */
    int MOST_TOKEN_BYTES = 4_096;
    /** An endpoint has at most this many bytes (UnifiedPush asks for 1,000). */
    int MOST_ENDPOINT_BYTES = 2_048;

    /** What the address is as bytes, for telling whether two are the same. */
    Bytes identity();

    /** What registrations name the provider, and it itself: {@code fcm}, {@code apns}, {@code webpush}, {@code webhook}. */
    String provider();

    /**
     * At Firebase Cloud Messaging.
     *
     * @param value a Firebase Installation ID or a registration token
     * @param installation true: an installation id ({@code fid}), false: a registration token, which is the older way
     */
    record Fcm(String value, boolean installation) implements Address {
        @Override
        public Bytes identity() {
            return Bytes.utf8("fcm " + value);
        }

        @Override
        public String provider() {
            return "fcm";
        }

        @Override
        public String toString() {
            return "an address at FCM";
        }
    }

    /**
     * At the Apple Push Notification service.
     *
     * @param token hexadecimal digits
     * @param topic bundle id of the app
     * @param sandbox true: a build signed for development
     */
    record Apns(String token, String topic, boolean sandbox) implements Address {
        @Override
        public Bytes identity() {
            return Bytes.utf8("apns " + token + " " + topic);
        }

        @Override
        public String provider() {
            return "apns";
        }

        @Override
        public String toString() {
            return "an address at APNs";
        }
    }

    /**
     * A subscription of a browser or of a UnifiedPush distributor (RFC 8030).
     *
     * @param endpoint https
     * @param key the receiver's public key, an uncompressed point on P-256, 65 bytes ({@code p256dh})
     * @param secret 16 bytes ({@code auth})
     */
    record WebPush(URI endpoint, Bytes key, Bytes secret) implements Address {
        @Override
        public Bytes identity() {
            return Bytes.utf8("webpush " + endpoint);
        }

        @Override
        public String provider() {
            return "webpush";
        }

        @Override
        public String toString() {
            return "an address for Web Push";
        }
    }

    /**
     * Behind a webhook of the operator, which knows what to do with it: another vendor's push, a mail.
     *
     * @param value opaque to us
     */
    record Webhook(String value) implements Address {
        @Override
        public Bytes identity() {
            return Bytes.utf8("webhook " + value);
        }

        @Override
        public String provider() {
            return "webhook";
        }

        @Override
        public String toString() {
            return "an address behind a webhook";
        }
    }
}
