package dev.waggle.store.rocks;

import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageFailure.Kind;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB says, in the words of this module. */
final class RocksFailures {
    private RocksFailures() {}

    static StorageFailure reading(RocksDBException cause) {
        return failure("reading failed", cause);
    }

    static StorageFailure writing(RocksDBException cause) {
        return failure("a write failed, whether it is stored is unknown", cause);
    }

    static StorageFailure opening(Path directory, RocksDBException cause) {
        if (text(cause).contains("/LOCK")) {
            return new StorageFailure(
                    Kind.IN_USE, "the store in " + directory + " is in use by another process: " + text(cause), cause);
        }
        return failure("the store in " + directory + " does not open", cause);
    }

    /**
     * @param where the damage is, as far as is known
     */
    static StorageFailure damaged(Path directory, String where, RocksDBException cause) {
        return new StorageFailure(
                Kind.DAMAGED,
                "the store in " + directory + " is damaged and was not opened, so that nothing is lost in silence: "
                        + text(cause) + "; " + where + ". Keep a copy of the directory, then restore a backup",
                cause);
    }

    static boolean isDamage(RocksDBException cause) {
        return kind(cause) == Kind.DAMAGED;
    }

    /** True if only the disk knows the answer: a read that must not touch it ends like this. */
    static boolean isIncomplete(RocksDBException cause) {
        Status status = cause.getStatus();
        return status != null && status.getCode() == Status.Code.Incomplete;
    }

    private static StorageFailure failure(String what, RocksDBException cause) {
        return new StorageFailure(kind(cause), what + ": " + text(cause), cause);
    }

    private static Kind kind(RocksDBException cause) {
        Status status = cause.getStatus();
        if (status == null) {
            return Kind.FAILED;
        }
        if (status.getSubCode() == Status.SubCode.NoSpace || text(cause).contains("No space left on device")) {
            return Kind.FULL;
        }
        return status.getCode() == Status.Code.Corruption ? Kind.DAMAGED : Kind.FAILED;
    }

    private static String text(RocksDBException cause) {
        String message = cause.getMessage();
        return message == null ? "no reason given" : message;
    }
}
