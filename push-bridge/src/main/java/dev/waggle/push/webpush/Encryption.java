package dev.waggle.push.webpush;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the push service must not read, encrypted for the receiver (RFC 8291): one record of {@code aes128gcm} (RFC 8188),
 * with a key pair and a salt of its own for every message. Any thread.
 */
public final class Encryption {
    /** A push service takes a body of 4096 bytes (RFC 8030 §7.2); this is what is left of it. */
    public static final int MOST_PLAINTEXT = 3_993;

    private static final int SECRET_BYTES = 16;

    private static final int RECORD_BYTES = 4_096;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Ends the last record (RFC 8188 §2). */
    private static final byte DELIMITER = 2;

    private final Curve curve = new Curve();
    private final SecureRandom random;

    public Encryption(SecureRandom random) {
        this.random = random;
    }

    /**
     * The body of a POST, or whatever else only the receiver may read.
     *
     * @param key the receiver's public key, an uncompressed point on P-256, 65 bytes
     * @param secret 16 bytes that the receiver gave us with it
     * @return 103 bytes more than the plaintext; bad: what is wrong with the key or the secret
     * @throws IllegalArgumentException if the plaintext is longer than {@link #MOST_PLAINTEXT}
     */
    public Parsed<Bytes> encrypt(Bytes key, Bytes secret, Bytes plaintext) {
        if (plaintext.size() > MOST_PLAINTEXT) {
            throw new IllegalArgumentException("the plaintext has more than " + MOST_PLAINTEXT + " bytes");
        }
        return receiver(key, secret).then(receiver -> {
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            return Parsed.ok(encrypt(receiver, secret, plaintext, pair(), salt));
        });
    }

    /** What is wrong with the key or the secret of a subscription; empty: one can encrypt for them. */
    public Optional<String> fault(Bytes key, Bytes secret) {
        return receiver(key, secret).<Optional<String>>fold(receiver -> Optional.empty(), Optional::of);
    }

    private Parsed<ECPublicKey> receiver(Bytes key, Bytes secret) {
        return secret.size() == SECRET_BYTES
                ? curve.point(key)
                : Parsed.bad("the secret of the subscription must have " + SECRET_BYTES + " bytes");
    }

    private KeyPair pair() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(curve.parameters(), random);
            return pairs.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime makes no keys of P-256", e);
        }
    }

    /** The same for the same sender and salt: for the example of RFC 8291 §5. */
    static Bytes encrypt(ECPublicKey receiver, Bytes secret, Bytes plaintext, KeyPair sender, byte[] salt) {
        try {
            byte[] senderPoint = Curve.bytes((ECPublicKey) sender.getPublic());
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(sender.getPrivate());
            agreement.doPhase(receiver, true);

            // RFC 8291 §3.4: three steps of HKDF with outputs of one block at most.
            byte[] keyPseudoRandom = hmac(secret.shared(), agreement.generateSecret());
            byte[] keyInfo = concat(ascii("WebPush: info\0"), Curve.bytes(receiver), senderPoint);
            byte[] pseudoRandom = hmac(salt, expand(keyPseudoRandom, keyInfo));
            byte[] key = Arrays.copyOf(expand(pseudoRandom, ascii("Content-Encoding: aes128gcm\0")), KEY_BYTES);
            byte[] nonce = Arrays.copyOf(expand(pseudoRandom, ascii("Content-Encoding: nonce\0")), NONCE_BYTES);

            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            byte[] record = cipher.doFinal(concat(plaintext.shared(), new byte[] {DELIMITER}));
            return Bytes.wrap(concat(header(salt, senderPoint), record));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks ECDH, HmacSHA256 or AES/GCM", e);
        }
    }

    /** RFC 8188 §2.1: salt, size of a record, length of the key id, the key id. */
    private static byte[] header(byte[] salt, byte[] keyId) {
        return ByteBuffer.allocate(SALT_BYTES + Integer.BYTES + 1 + keyId.length)
                .put(salt)
                .putInt(RECORD_BYTES)
                .put((byte) keyId.length)
                .put(keyId)
                .array();
    }

    /** The first block of HKDF-Expand (RFC 5869 §2.3). */
    private static byte[] expand(byte[] key, byte[] info) throws GeneralSecurityException {
        return hmac(key, concat(info, new byte[] {1}));
    }

    private static byte[] hmac(byte[] key, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(input);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
