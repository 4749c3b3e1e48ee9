package dev.waggle.auth;

import java.util.Set;

/**
 * Opens ordinary topics, those outside {@code u/}, which are closed otherwise. There are only rules that allow.
 *
 * @param roles names of roles that it allows something, exactly these: a role based on another is not it; empty allows
 *     nobody
 * @param grant what
 */
public record TopicRule(Set<String> roles, TopicGrant grant) {
    public TopicRule {
        roles = Set.copyOf(roles);
    }

    /** True if the rule speaks of this identity, this action and every topic that the filter matches. */
    boolean covers(Identity identity, TopicGrant.Action action, String legal) {
        return roles.contains(identity.roleName()) && grant.covers(identity, action, legal);
    }
}
