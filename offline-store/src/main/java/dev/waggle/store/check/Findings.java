package dev.waggle.store.check;

import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayList;
import java.util.List;

/** What is wrong, as far as it is told: the first ones in words, all of them counted. One thread. */
final class Findings {
    private final List<String> told = new ArrayList<>();
    private final int most;
    private long count;

    Findings(int most) {
        this.most = most;
    }

    /** @param damage which row, and what is wrong with it; ids and numbers, never bodies */
    void add(String damage) {
        count++;
        if (told.size() < most) {
            told.add(damage);
        }
    }

    /** A part of the check that goes on when a row or a block cannot be read. */
    interface Part {
        void run() throws StorageFailure;
    }

    /** Runs a part; what it cannot read is a finding. */
    void of(Part part) {
        try {
            part.run();
        } catch (StorageFailure failure) {
            add(String.valueOf(failure.getMessage()));
        }
    }

    List<String> told() {
        return List.copyOf(told);
    }

    long count() {
        return count;
    }
}
