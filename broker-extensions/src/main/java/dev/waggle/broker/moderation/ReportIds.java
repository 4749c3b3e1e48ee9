package dev.waggle.broker.moderation;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.BinaryWriter;
import dev.waggle.spec.codec.SharedLayouts;
import dev.waggle.spec.message.SendKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/** Names of reports: 14 characters of {@code a–z 2–7}, 70 bits. */
final class ReportIds {
    private static final int LENGTH = 14;
    private static final int REQUEST_BYTES = 16;
    private static final int USUAL_ROOM = 128;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private ReportIds() {}

    static boolean isOne(String id) {
        return id.length() == LENGTH && id.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    static String fresh(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return text(bytes);
    }

    /** The same for a repeat. */
    static String of(UserId reporter, SendKey key) {
        MessageDigest digest = sha256();
        digest.update(reporter.value().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return text(digest.digest(key.bytes().shared()));
    }

    /** The same for the same find. */
    static String of(Bytes request) {
        return text(sha256().digest(request.shared()));
    }

    static Bytes request(ConversationId conversation, SeqRanges seqs, String reason) {
        BinaryWriter text = new BinaryWriter(USUAL_ROOM).conversation(conversation);
        SharedLayouts.ranges(text, seqs);
        return Bytes.wrap(Arrays.copyOf(sha256().digest(text.text(reason).toByteArray()), REQUEST_BYTES));
    }

    private static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(bytes[i] & 31));
        }
        return text.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
