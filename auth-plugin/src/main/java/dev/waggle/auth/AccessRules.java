package dev.waggle.auth;

/** The access rule for topics and filters. Pure; any thread. */
public interface AccessRules {
    /** May the identity publish to this topic? Everything inside its own {@code u/{user}/} is decided by the grammar. */
    Access publish(Identity identity, String topic);

    /** May the identity subscribe to this filter? Only if no topic that matches it lies outside the rights. */
    Access subscribe(Identity identity, String filter);
}
