package dev.waggle.push.webpush;

import dev.waggle.push.Address;
import dev.waggle.spec.Bytes;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A device as RFC 8291 describes it: its keys, and its own reading of what comes, written from the RFC alone. */
final class Receiver {
    private final KeyPair pair;
    private final byte[] secret;

    Receiver(KeyPair pair, byte[] secret) {
        this.pair = pair;
        this.secret = secret;
    }

    static Receiver fresh() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            return new Receiver(pairs.generateKeyPair(), "sixteen bytes...".getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Address.WebPush at(String endpoint) {
        return new Address.WebPush(URI.create(endpoint), Bytes.wrap(point()), Bytes.wrap(secret));
    }

    private byte[] point() {
        return Curve.bytes((ECPublicKey) pair.getPublic());
    }

    /** The plaintext of a body, without its padding. */
    Bytes decrypt(Bytes body) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(body.shared());
        byte[] salt = take(in, 16);
        int recordSize = in.getInt();
        byte[] sender = take(in, in.get() & 0xFF);
        byte[] record = take(in, in.remaining());
        if (record.length > recordSize) {
            throw new GeneralSecurityException("more than one record");
        }
        ECPrivateKey mine = (ECPrivateKey) pair.getPrivate();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(mine);
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(sender, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(sender, 33, 65)));
        agreement.doPhase(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, mine.getParams())), true);

        Mac first = mac(secret);
        Mac second = mac(first.doFinal(agreement.generateSecret()));
        second.update("WebPush: info".getBytes(StandardCharsets.US_ASCII));
        second.update((byte) 0);
        second.update(point());
        second.update(sender);
        second.update((byte) 1);
        byte[] material = second.doFinal();
        byte[] pseudoRandom = mac(salt).doFinal(material);
        byte[] key = Arrays.copyOf(block(pseudoRandom, "aes128gcm"), 16);
        byte[] nonce = Arrays.copyOf(block(pseudoRandom, "nonce"), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        byte[] padded = cipher.doFinal(record);
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        if (padded[end] != 2) {
            throw new GeneralSecurityException("not the last record");
        }
        return Bytes.wrap(Arrays.copyOf(padded, end));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static Mac mac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac;
    }

    private static byte[] block(byte[] key, String purpose) throws GeneralSecurityException {
        Mac mac = mac(key);
        mac.update(("Content-Encoding: " + purpose).getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        mac.update((byte) 1);
        return mac.doFinal();
    }
}
