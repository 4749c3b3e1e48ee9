package dev.waggle.store.rules;

import dev.waggle.spec.Limits;

/**
 * The limits that decide what is accepted; a value, so that the same commands under the same limits give the same
 * events.
 *
 * @param groupMembers of one group
 * @param devicesPerUser durable device records of one user
 * @param inboxEntries of one inbox before the oldest give way
 * @param inboxEntriesUnseen the same for a user who never opened a session
 * @param conversationsPerDay one-to-one conversations that one user may start within 24 hours
 * @param refuseUnknown true: who never opened a session gets no messages one-to-one and is added to no group
 * @param refuseBlocked true: who is blocked is told so; false: nothing is said
 * @param expirySeconds longest life of a device record after it was last seen
 * @param keyWindowMillis how long the key of a message is remembered
 * @param callKeyWindowMillis how long the key of a call is remembered
 * @param editWindowMillis how long after sending the author may edit a message
 * @param recallWindowMillis how long after sending the author may delete a message for all
 */
public record RuleLimits(
        int groupMembers,
        int devicesPerUser,
        int inboxEntries,
        int inboxEntriesUnseen,
        int conversationsPerDay,
        boolean refuseUnknown,
        boolean refuseBlocked,
        long expirySeconds,
        long keyWindowMillis,
        long callKeyWindowMillis,
        long editWindowMillis,
        long recallWindowMillis) {

    /** Devices of one user that can be woken: as many as may be durable, and some browsers. */
    public static final int PUSHES_PER_USER = 32;

    /** Filters of one device record: they are read and written as one row of at most this many 512-byte topics. */
    public static final int FILTERS_PER_DEVICE = 256;

    /**
     * QoS 2 packet ids of one device that wait for PUBREL: four times the announced Receive Maximum, which a 3.1.1
     * client does not know. Each one costs a row, and taking one copies the set.
     */
    public static final int PACKETS_PER_DEVICE = 256;

    /** Positions of one device whose ended connections are counted: eight windows. */
    public static final int COUNTED_POSITIONS = 256;

    /**
     * Users of one group who are banned, as many again who are invited, who ask to come in, and who are muted: all stand in
     * the row of the group, which each change of members writes anew.
     */
    public static final int STANDINGS_PER_GROUP = 1_000;

    /** How long an invitation and a request to join wait, in milliseconds: as long as a device is remembered by default. */
    public static final long PENDING_MILLIS = 30L * 24 * 60 * 60 * 1_000;

    public static RuleLimits of(Limits limits) {
        return new RuleLimits(
                limits.groupMembers(),
                limits.devicesPerUser(),
                limits.inboxEntries(),
                limits.inboxEntriesUnseen(),
                limits.conversationsPerDay(),
                limits.refuseUnknown(),
                limits.refuseBlocked(),
                limits.sessionExpiry().toSeconds(),
                limits.keyWindow().toMillis(),
                limits.callKeyWindow().toMillis(),
                limits.history().editWindow().toMillis(),
                limits.history().recallWindow().toMillis());
    }
}
