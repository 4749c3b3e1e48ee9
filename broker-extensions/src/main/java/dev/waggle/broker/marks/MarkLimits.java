package dev.waggle.broker.marks;

/**
 * Up to which size of a group its members are told how far others have come. In larger ones every message would be
 * answered by as many marks as there are members, to each of them.
 *
 * @param deliveredMembers most members for marks of what was received; 0: nowhere, not one-to-one either
 * @param readMembers most members for marks of what was read; 0: nowhere, not one-to-one either
 */
public record MarkLimits(int deliveredMembers, int readMembers) {
    public static MarkLimits defaults() {
        return new MarkLimits(32, 256);
    }

    boolean tellsDelivered(int members) {
        return members <= deliveredMembers;
    }

    boolean tellsRead(int members) {
        return members <= readMembers;
    }
}
