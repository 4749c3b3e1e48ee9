package dev.waggle.auth.revocation;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a revocation is about.
 *
 * @param owner the issuer of a token; the user otherwise
 * @param name the token id or the device; empty for all of a user
 */
public record Key(Kind kind, String owner, String name) implements Comparable<Key> {

    /** Kinds of revocations. */
    public enum Kind {
        TOKEN,
        DEVICE,
        USER,
        DISABLED,
        LOG_INS
    }

    static Key token(String issuer, String tokenId) {
        return new Key(Kind.TOKEN, issuer, tokenId);
    }

    static Key device(UserId user, DeviceId device) {
        return new Key(Kind.DEVICE, user.value(), device.value());
    }

    static Key user(UserId user) {
        return new Key(Kind.USER, user.value(), "");
    }

    static Key disabled(UserId user) {
        return new Key(Kind.DISABLED, user.value(), "");
    }

    /** @param device null: of all devices of the user */
    static Key logIns(UserId user, @Nullable DeviceId device) {
        return new Key(Kind.LOG_INS, user.value(), device == null ? "" : device.value());
    }

    @Override
    public int compareTo(Key other) {
        int byKind = kind.compareTo(other.kind);
        int byOwner = byKind == 0 ? owner.compareTo(other.owner) : byKind;
        return byOwner == 0 ? name.compareTo(other.name) : byOwner;
    }
}
