package dev.waggle.auth.account;

import java.time.Duration;
import java.util.List;

/** What became of a request about an account. */
public sealed interface AccountAnswer {

    /**
     * Logged in.
     *
     * @param accessToken a secret
     * @param refreshToken a secret; good once
     * @param expiresIn of the access token
     * @param clientId the MQTT client id that the access token is for
     */
    record Session(String accessToken, String refreshToken, Duration expiresIn, String clientId)
            implements AccountAnswer {
        @Override
        public String toString() {
            return "Session[" + clientId + "]";
        }
    }

    /** It is so now. */
    record Done() implements AccountAnswer {}

    /**
     * For operators.
     *
     * @param accounts in the order of their ids
     * @param more true if there are more behind the last
     */
    record Listed(List<Account> accounts, boolean more) implements AccountAnswer {
        public Listed {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * For operators: it was made.
     *
     * @param code a secret; told now and never again
     */
    record Invited(Invitation invitation, String code) implements AccountAnswer {
        @Override
        public String toString() {
            return "Invited[" + invitation.id() + "]";
        }
    }

    /**
     * For operators.
     *
     * @param invitations in the order of their ids
     * @param more true if there may be more behind the last
     */
    record InvitationList(List<Invitation> invitations, boolean more) implements AccountAnswer {
        public InvitationList {
            invitations = List.copyOf(invitations);
        }
    }

    /** @param reason readable, without secrets */
    record Refused(Why why, String reason) implements AccountAnswer {}

    /** Too much to do: come again. */
    record Busy(Duration retryAfter) implements AccountAnswer {}

    /**
     * It cannot be told now.
     *
     * @param reason readable, without secrets
     */
    record Unavailable(String reason) implements AccountAnswer {}

    /** The store did not answer: what became of it is not known. */
    record Failed() implements AccountAnswer {}

    /** Kinds of refusals. */
    enum Why {
        /** What was sent has not the right form. */
        FORM,
        /** Unknown user, wrong password, disabled account, bad refresh token: always the same answer. */
        CREDENTIALS,
        /** The user id belongs to somebody. */
        TAKEN,
        /** Nobody may register, or not without an invitation. */
        CLOSED,
        /** The account has a role that is none any more; told to its owner only, behind the password or the token. */
        ROLE,
        /** There is no such account or invitation; told to operators only. */
        UNKNOWN,
        /** There is no room for more of them. */
        FULL
    }

    Refused BAD_CREDENTIALS = new Refused(Why.CREDENTIALS, "user, password or refresh token is wrong");
}
