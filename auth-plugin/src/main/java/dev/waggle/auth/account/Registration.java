package dev.waggle.auth.account;

import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Who may make an account. */
public sealed interface Registration {

    /** Nobody; operators make accounts. */
    record Closed() implements Registration {}

    /** Everybody. */
    record Open() implements Registration {}

    /**
     * Who has the code of the operator, or an invitation that has uses left.
     *
     * @param code a secret without end, not empty; null for none
     * @param made by administrators
     */
    record Invited(@Nullable String code, Invitations made) implements Registration {
        private boolean fits(String invite) {
            return code != null
                    && !code.isEmpty()
                    && MessageDigest.isEqual(
                            invite.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Invited[REDACTED]";
        }
    }

    /** What lets one registration in. Blocks on the store. */
    interface Pass {
        /** A look that takes nothing: false says that {@link #use} will fail. */
        boolean isGood();

        /** Takes it; false if it is not good any more. */
        boolean use();

        /** It was used, and no account was made. */
        void giveBack();
    }

    /** Good for everybody, as often as they like. */
    Pass FREE = new Pass() {
        @Override
        public boolean isGood() {
            return true;
        }

        @Override
        public boolean use() {
            return true;
        }

        @Override
        public void giveBack() {} // nothing was taken
    };

    /**
     * Does not block.
     *
     * @param invite untrusted, or null
     * @return null: certainly not admitted
     */
    default @Nullable Pass pass(@Nullable String invite) {
        if (this instanceof Invited invited) {
            if (invite == null || invited.fits(invite)) {
                return invite == null ? null : FREE;
            }
            Parsed<InvitationCode> code = InvitationCode.parse(invite);
            return code.isOk() ? pass(invited.made(), code.get()) : null;
        }
        return this instanceof Open ? FREE : null;
    }

    private static Pass pass(Invitations made, InvitationCode code) {
        return new Pass() {
            @Override
            public boolean isGood() {
                return made.admits(code);
            }

            @Override
            public boolean use() {
                return made.use(code);
            }

            @Override
            public void giveBack() {
                made.giveBack(code);
            }
        };
    }
}
