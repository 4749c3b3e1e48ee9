package dev.waggle.bench.wire;

/** MQTT 5 property identifiers that the generator writes or reads. */
final class Property {
    static final int CONTENT_TYPE = 0x03;
    static final int CORRELATION_DATA = 0x09;
    static final int SESSION_EXPIRY = 0x11;
    static final int SERVER_KEEP_ALIVE = 0x13;
    static final int REASON_STRING = 0x1F;
    static final int RECEIVE_MAXIMUM = 0x21;
    static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    static final int TOPIC_ALIAS = 0x23;
    static final int USER_PROPERTY = 0x26;
    static final int MAXIMUM_PACKET_SIZE = 0x27;

    private Property() {}

    /**
     * How many bytes the value of a property takes: 1, 2 or 4, {@code -1} for a length-prefixed value, {@code -2} for a
     * pair of them, {@code -3} for a variable byte integer, 0 for an identifier that does not exist.
     */
    static int shape(int id) {
        switch (id) {
            case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A:
                return 1;
            case SERVER_KEEP_ALIVE, RECEIVE_MAXIMUM, TOPIC_ALIAS_MAXIMUM, TOPIC_ALIAS:
                return 2;
            case 0x02, SESSION_EXPIRY, 0x18, MAXIMUM_PACKET_SIZE:
                return 4;
            case CONTENT_TYPE, 0x08, CORRELATION_DATA, 0x12, 0x15, 0x16, 0x1A, 0x1C, REASON_STRING:
                return -1;
            case USER_PROPERTY:
                return -2;
            case 0x0B:
                return -3;
            default:
                return 0;
        }
    }
}
