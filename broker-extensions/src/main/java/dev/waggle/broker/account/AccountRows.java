package dev.waggle.broker.account;

import dev.waggle.auth.account.Account;
import dev.waggle.auth.account.Invitation;
import dev.waggle.auth.account.RefreshFamily;
import dev.waggle.auth.account.SecretHash;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.BinaryReader;
import dev.waggle.spec.codec.BinaryWriter;
import dev.waggle.store.Reads.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Accounts, refresh families and invitations as the values of records; the first byte is the version of the form. */
final class AccountRows {
    private static final int VERSION = 1;
    private static final int USUAL_ROOM = 192;

    // On disk: given here and not by the order of the constants.
    private static final int USER = 1;
    private static final int SERVICE = 2;
    private static final int MODERATOR = 3;
    private static final int ADMIN = 4;
    /** A role of the configuration, whose name comes last. */
    private static final int NAMED = 5;

    private AccountRows() {}

    static Bytes account(Account account) {
        int role = code(account.role());
        BinaryWriter out = new BinaryWriter(USUAL_ROOM)
                .u8(VERSION)
                .u8(role)
                .flag(account.enabled())
                .text(account.passwordHash());
        return Bytes.wrap((role == NAMED ? out.text(account.role()) : out).toByteArray());
    }

    /** @param user what the key says */
    static Account account(UserId user, StoredRecord row) {
        return read(row, "account", in -> {
            int role = in.u8();
            boolean enabled = in.flag();
            String hash = in.text();
            return new Account(user, hash, role(role, in), enabled);
        });
    }

    static Bytes family(RefreshFamily family) {
        SecretHash before = family.before();
        return Bytes.wrap(new BinaryWriter(USUAL_ROOM)
                .u8(VERSION)
                .user(family.user())
                .device(family.device())
                .text(family.current().hex())
                .maybeText(before == null ? null : before.hex())
                .number(family.startedAt())
                .number(family.rotatedAt())
                .number(family.endsAt())
                .toByteArray());
    }

    /** @param id what the key says */
    static RefreshFamily family(String id, StoredRecord row) {
        return read(
                row,
                "refresh family",
                in -> new RefreshFamily(
                        id,
                        in.user(),
                        in.device(),
                        new SecretHash(in.text()),
                        hash(in.maybeText()),
                        in.number(),
                        in.number(),
                        in.number()));
    }

    static Bytes invitation(Invitation invitation) {
        return Bytes.wrap(new BinaryWriter(USUAL_ROOM)
                .u8(VERSION)
                .text(invitation.secret().hex())
                .number(invitation.usesLeft())
                .number(invitation.endsAt())
                .toByteArray());
    }

    /** @param id what the key says */
    static Invitation invitation(String id, StoredRecord row) {
        return read(
                row,
                "invitation",
                in -> new Invitation(id, new SecretHash(in.text()), Math.toIntExact(in.number()), in.number()));
    }

    private static @Nullable SecretHash hash(@Nullable String hex) {
        return hex == null ? null : new SecretHash(hex);
    }

    private static <T> T read(StoredRecord row, String what, BinaryReader.Layout<T> layout) {
        return BinaryReader.parse(row.value().shared(), what, in -> {
                    int version = in.u8();
                    if (version != VERSION) {
                        throw in.bad("its form is version " + version + ", known is " + VERSION);
                    }
                    return layout.read(in);
                })
                .fold(value -> value, reason -> {
                    throw new UncheckedIOException(
                            new IOException("a record of kind " + row.key().kind() + " cannot be read: " + reason));
                });
    }

    private static int code(String role) {
        return switch (role) {
            case "user" -> USER;
            case "service" -> SERVICE;
            case "moderator" -> MODERATOR;
            case "admin" -> ADMIN;
            default -> NAMED;
        };
    }

    private static String role(int code, BinaryReader in) {
        return switch (code) {
            case USER -> "user";
            case SERVICE -> "service";
            case MODERATOR -> "moderator";
            case ADMIN -> "admin";
            case NAMED -> in.text();
            default -> throw in.bad("unknown role");
        };
    }
}
