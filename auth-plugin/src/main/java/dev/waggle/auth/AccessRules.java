package dev.waggle.auth;

/** The access rule for topics and filters. Pure; any thread. */
public interface AccessRules {
    /**
     * May the identity publish to this topic? Everything inside its own {@code u/{user}/} is decided by the grammar.
     *
     * @param qos of the publish, 0…2
     * @param retain whether it is retained; an empty one, which takes away what is retained, needs the same right
     */
    Access publish(Identity identity, String topic, int qos, boolean retain);

    /** May the identity subscribe to this filter? Only if no topic that matches it lies outside the rights. */
    Access subscribe(Identity identity, String filter);
}
