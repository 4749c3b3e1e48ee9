package dev.waggle.auth.account;

/**
 * What an administrator made so that some people may register. Immutable.
 *
 * @param id names it; no secret
 * @param secret of the code, whose other part is the id
 * @param usesLeft 0 or more; at 0 it is kept until its end, for a use may be given back
 * @param endsAt Unix milliseconds; from then on it admits nobody
 */
public record Invitation(String id, SecretHash secret, int usesLeft, long endsAt) {

    boolean admits(InvitationCode code, long now) {
        return usesLeft > 0 && now < endsAt && secret.matches(code.hash());
    }

    Invitation withUses(int uses) {
        return new Invitation(id, secret, uses, endsAt);
    }
}
