package dev.waggle.push.webhook;

import dev.waggle.spec.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says who wrote a body and when: {@code t=SECONDS,v1=HEX}, with HMAC-SHA256 over the seconds as decimal digits, a dot,
 * and the bytes of the body. Any thread.
 */
public final class WebhookSignature {
    public static final String HEADER = "Waggle-Signature";

    /** As much as the hash gives (RFC 2104 §3); less can be guessed. */
    public static final int LEAST_SECRET_BYTES = 32;

    private final SecretKeySpec secret;

    /** @throws IllegalArgumentException if the secret is too short */
    public WebhookSignature(Bytes secret) {
        if (secret.size() < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the secret of the webhook must have at least " + LEAST_SECRET_BYTES + " bytes");
        }
        this.secret = new SecretKeySpec(secret.shared(), "HmacSHA256");
    }

    /** The value of the header. */
    public String of(Bytes body, Instant now) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update((now.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
            mac.update(body.shared());
            return "t=" + now.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }
}
