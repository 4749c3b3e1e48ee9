package dev.waggle.auth.jwt;

import dev.waggle.auth.Roles;
import org.jspecify.annotations.Nullable;

/**
 * Which claims of an issuer say what.
 *
 * @param user names the user: {@code sub} mostly
 * @param device names the device that the token is for; a token without it is for any device of the user
 * @param role holds the role, or null: every token is one of a plain user
 * @param roles that a token may name
 * @param topics narrows the rights to ordinary topics; null: tokens say nothing of them
 * @param topicsNeeded true: a token without {@code topics} has no right to ordinary topics; false: it has those of its
 *     role
 * @param tokenIdNeeded whether {@code jti} must be there
 * @param clientIdOfMqtt true: {@code client_id} is an MQTT client id (PROTOCOL §1); false: it is the OAuth client
 *     (RFC 9068 §2.2) and means nothing here
 * @param derivedUsers true: with {@code derived: true} the subject is a user id that was derived from a subject elsewhere
 * @param marked true: the type does not tell access tokens from id tokens, so a claim that only the former have must
 */
record ClaimRules(
        String user,
        String device,
        @Nullable String role,
        Roles roles,
        @Nullable String topics,
        boolean topicsNeeded,
        boolean tokenIdNeeded,
        boolean clientIdOfMqtt,
        boolean derivedUsers,
        boolean marked) {

    static final String DEFAULT_USER = "sub";
    static final String DEFAULT_DEVICE = "device_id";
    static final String DEFAULT_TOPICS = "topics";

    /** Those of the local issuer. */
    static ClaimRules local(Roles roles) {
        return new ClaimRules(
                DEFAULT_USER, DEFAULT_DEVICE, "roles", roles, DEFAULT_TOPICS, false, true, true, true, false);
    }
}
