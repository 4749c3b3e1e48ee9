package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.Role;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.UserIds;
import dev.waggle.spec.message.Actor;
import org.jspecify.annotations.Nullable;

/**
 * The claim {@code act} (RFC 8693 §4.1): the token's user is spoken for by somebody else, a service account. Only its
 * {@code sub} is understood; a chain of actors is not.
 *
 * @param agent who acts, or null if the user does
 */
record ActClaim(@Nullable UserId agent) {

    static Parsed<ActClaim> read(JsonNode claims, TrustedIssuer issuer, UserId user, Role role) {
        JsonNode act = claims.path("act");
        if (act.isMissingNode()) {
            return Parsed.ok(new ActClaim(null));
        }
        if (!act.isObject() || act.size() != 1 || !act.path("sub").isTextual()) {
            return Parsed.bad("act must be an object with sub, which is text, and nothing else");
        }
        if (role.base() != Actor.Role.SERVICE) {
            return Parsed.bad("a token with act must have the role service, or one that is based on it");
        }
        return UserIds.map(issuer.name(), act.path("sub").textValue(), issuer.rawSubjects())
                .then(agent -> agent.equals(user)
                        ? Parsed.bad("act.sub must be another user than sub")
                        : Parsed.ok(new ActClaim(agent)));
    }
}
