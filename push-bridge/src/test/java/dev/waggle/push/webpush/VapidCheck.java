package dev.waggle.push.webpush;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header {@code Authorization} as a push service does (RFC 8292 §2, §3), with the JDK and nothing of what made
 * it.
 *
 * @param key as it stands there
 * @param claims of the token, whose signature is that key's
 */
public record VapidCheck(String key, JsonNode claims) {
    private static final Pattern FORM = Pattern.compile(
            "vapid t=(?<signed>(?<header>[A-Za-z0-9_-]+)\\.(?<claims>[A-Za-z0-9_-]+))\\.(?<signature>[A-Za-z0-9_-]+),"
                    + " k=(?<key>[A-Za-z0-9_-]{87})");

    /** What stands before the 65 bytes of a point of P-256 in an X.509 key. */
    private static final byte[] PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    /** @throws AssertionError if it is not as it must be */
    public static VapidCheck of(String authorization) {
        try {
            Matcher parts = FORM.matcher(authorization);
            check(parts.matches(), "not the form of RFC 8292");
            JsonNode header = new ObjectMapper().readTree(decoded(parts.group("header")));
            check(header.toString().equals("{\"typ\":\"JWT\",\"alg\":\"ES256\"}"), "header " + header);
            byte[] point = decoded(parts.group("key"));
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(ByteBuffer.allocate(PREFIX.length + point.length)
                            .put(PREFIX)
                            .put(point)
                            .array()));
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(key);
            signature.update(parts.group("signed").getBytes(StandardCharsets.US_ASCII));
            check(signature.verify(decoded(parts.group("signature"))), "the signature is another key's");
            return new VapidCheck(parts.group("key"), new ObjectMapper().readTree(decoded(parts.group("claims"))));
        } catch (Exception broken) {
            throw new AssertionError("the VAPID header is broken", broken);
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    private static void check(boolean right, String wrong) {
        if (!right) {
            throw new AssertionError("the VAPID header: " + wrong);
        }
    }
}
