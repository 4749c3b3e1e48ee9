package dev.waggle.spec.message;

import dev.waggle.spec.UserId;

/**
 * A member of a group.
 *
 * @param user who
 * @param role what it may do
 * @param since when it joined, Unix milliseconds
 * @param firstSeq the seq of its joining: its view of the conversation begins there
 */
public record Member(UserId user, MemberRole role, long since, long firstSeq) {}
