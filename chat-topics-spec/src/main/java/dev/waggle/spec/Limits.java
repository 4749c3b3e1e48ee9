package dev.waggle.spec;

import java.time.Duration;

/**
 * The limits of the contract (PROTOCOL §6) with their defaults; each is a setting. Sizes in bytes, rates per second.
 *
 * @param body largest message body
 * @param properties largest sum of content type and user property names and values
 * @param packet largest MQTT packet, announced in CONNACK
 * @param receiveMaximum unanswered publishes per connection, announced in CONNACK; in 3.1.1 reading pauses there
 * @param topic longest topic
 * @param groupMembers members of one group
 * @param devicesPerUser durable devices of one user
 * @param inboxEntries entries of one inbox before the oldest give way to gaps
 * @param inboxEntriesUnseen the same for a user who was never here
 * @param inboxAge how old an entry of an inbox may be before it gives way to a gap
 * @param conversationsPerDay one-to-one conversations that one user may start within 24 hours
 * @param refuseUnknown true: who never opened a session gets no messages one-to-one and is added to no group
 * @param refuseBlocked true: who is blocked is told so; false: nothing is said
 * @param sessionExpiry longest life of a device record after it was last seen
 * @param keyWindow how long an idempotency key of a message is remembered
 * @param callKeyWindow how long an idempotency key of a call is remembered
 * @param windowMessages unacknowledged deliveries per device
 * @param windowBytes unacknowledged bytes of deliveries per device
 * @param history what is kept of a conversation
 */
public record Limits(
        int body,
        int properties,
        int packet,
        int receiveMaximum,
        int topic,
        int groupMembers,
        int devicesPerUser,
        int inboxEntries,
        int inboxEntriesUnseen,
        Duration inboxAge,
        int conversationsPerDay,
        boolean refuseUnknown,
        boolean refuseBlocked,
        Duration sessionExpiry,
        Duration keyWindow,
        Duration callKeyWindow,
        int windowMessages,
        int windowBytes,
        HistoryLimits history) {

    /** Longest idempotency key in bytes: MQTT 5 Correlation Data or the last topic level. */
    public static final int KEY_BYTES = 64;

    /** Acknowledged positions above the cursor that are remembered per device; more only means repeats. */
    public static final int ACKED_ABOVE_CURSOR = 256;

    /** A message unacknowledged when this many connections in a row ended is set aside behind a gap. */
    public static final int SET_ASIDE_AFTER = 5;

    /** Packet ids of inbox entries are {@code FIRST_ENTRY_PACKET_ID + position mod ENTRY_PACKET_IDS}. */
    public static final int FIRST_ENTRY_PACKET_ID = 1_024;

    public static final int ENTRY_PACKET_IDS = 64_000;

    public static Limits defaults() {
        return new Limits(
                64 * 1024,
                1024,
                1024 * 1024,
                64,
                512,
                1_000,
                16,
                10_000,
                1_000,
                Duration.ofDays(30),
                200,
                false,
                false,
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofHours(24),
                32,
                256 * 1024,
                HistoryLimits.defaults());
    }
}
