package dev.waggle.store.storage;

/** The version of the key tree, kept in the store itself: no version of the program writes into a tree it does not know. */
public final class StoreFormat {
    private static final int VERSION = 1;
    private static final byte[] KEY = KeySchema.meta("format");

    private StoreFormat() {}

    /** True if the store is of the version that this program knows. */
    public static boolean isKnown(StorageView view) throws StorageFailure {
        byte[] found = view.get(Table.META, KEY);
        return found != null && found.length == 1 && found[0] == VERSION;
    }

    /**
     * Signs a new store, or checks the signature of an old one.
     *
     * @param where the store is, for the message
     * @throws StorageFailure of kind {@code DAMAGED} if it is of another version or not ours at all
     */
    public static void check(Storage storage, String where) throws StorageFailure {
        byte[] found = storage.get(Table.META, KEY);
        if (found == null) {
            for (Table table : Table.values()) {
                if (storage.last(table, KeyRange.ALL) != null) {
                    throw new StorageFailure(
                            StorageFailure.Kind.DAMAGED, "the store in " + where + " has rows but no format version");
                }
            }
            storage.write(new WriteSet().put(Table.META, KEY, new byte[] {VERSION}), true);
        } else if (found.length != 1 || found[0] != VERSION) {
            throw new StorageFailure(
                    StorageFailure.Kind.DAMAGED,
                    "the store in " + where + " is of another version than " + VERSION
                            + ", the only one that this program knows");
        }
    }
}
