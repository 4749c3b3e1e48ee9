package dev.waggle.store.storage;

/**
 * The ordered tables of the store. {@link #id()} is part of the format on disk: never reuse or change one.
 *
 * <p>What stands in which table is drawn in the documentation of this package.
 */
public enum Table {
    /** What describes the store itself. */
    META(0, "default"),
    /** Conversations: messages and events by seq. */
    LOG(1, "log"),
    /** Inboxes: pointers into the log by position. */
    INBOX(2, "inbox"),
    /** Idempotency keys and their first answers. */
    KEYS(3, "keys"),
    /** Small state: groups, inboxes, devices, cursors, packet ids, marks, records. */
    HEADS(4, "heads");

    private final int id;
    private final String text;

    Table(int id, String text) {
        this.id = id;
        this.text = text;
    }

    /** Number of the table on disk. */
    public int id() {
        return id;
    }

    /** Name of the table on disk; {@link #META} is the one that every RocksDB has. */
    public String text() {
        return text;
    }
}
