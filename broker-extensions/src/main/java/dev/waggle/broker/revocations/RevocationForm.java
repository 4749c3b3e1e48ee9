package dev.waggle.broker.revocations;

import dev.waggle.auth.revocation.Key;
import dev.waggle.auth.revocation.Revocation;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.BinaryReader;
import dev.waggle.spec.codec.BinaryWriter;
import dev.waggle.spec.message.RecordKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * How a revocation stands in a record. Key: SHA-256 of what it is about, for issuer and token id may be longer than a key.
 * Value: version 1, kind, then what it is about, then the time.
 */
final class RevocationForm {
    private static final int VERSION = 1;
    private static final int TOKEN = 1;
    private static final int DEVICE = 2;
    private static final int USER = 3;
    private static final int DISABLED = 4;
    private static final int LOG_INS = 5;

    private RevocationForm() {}

    static RecordKey recordKey(String recordKind, Key key) {
        byte[] about = new BinaryWriter(64)
                .u8(number(key.kind()))
                .text(key.owner())
                .text(key.name())
                .toByteArray();
        try {
            return new RecordKey(
                    recordKind, Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(about)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static int number(Key.Kind kind) {
        return switch (kind) {
            case TOKEN -> TOKEN;
            case DEVICE -> DEVICE;
            case USER -> USER;
            case DISABLED -> DISABLED;
            case LOG_INS -> LOG_INS;
        };
    }

    static Bytes encode(Revocation revocation) {
        BinaryWriter out =
                new BinaryWriter(64).u8(VERSION).u8(number(revocation.key().kind()));
        if (revocation instanceof Revocation.OfToken token) {
            out.text(token.issuer()).text(token.tokenId()).number(token.until());
        } else if (revocation instanceof Revocation.OfDevice device) {
            out.user(device.user()).device(device.device()).number(device.validAfter());
        } else if (revocation instanceof Revocation.OfUser user) {
            out.user(user.user()).number(user.validAfter());
        } else if (revocation instanceof Revocation.Disabled disabled) {
            out.user(disabled.user());
        } else if (revocation instanceof Revocation.OfLogIns logIns) {
            DeviceId device = logIns.device();
            out.user(logIns.user())
                    .maybeText(device == null ? null : device.value())
                    .number(logIns.validAfter());
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** Total. */
    static Parsed<Revocation> decode(Bytes value) {
        return BinaryReader.parse(value.shared(), "a revocation", RevocationForm::read);
    }

    private static @Nullable DeviceId device(@Nullable String id) {
        return id == null ? null : new DeviceId(id);
    }

    private static Revocation read(BinaryReader in) {
        if (in.u8() != VERSION) {
            throw in.bad("of an unknown version");
        }
        int kind = in.u8();
        return switch (kind) {
            case TOKEN -> new Revocation.OfToken(in.text(), in.text(), in.number());
            case DEVICE -> new Revocation.OfDevice(in.user(), in.device(), in.number());
            case USER -> new Revocation.OfUser(in.user(), in.number());
            case DISABLED -> new Revocation.Disabled(in.user());
            case LOG_INS -> new Revocation.OfLogIns(in.user(), device(in.maybeText()), in.number());
            default -> throw in.bad("of an unknown kind " + kind);
        };
    }
}
