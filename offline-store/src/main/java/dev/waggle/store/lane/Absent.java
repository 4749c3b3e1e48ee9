package dev.waggle.store.lane;

/** Stands for a state of which is known that there is none. */
enum Absent {
    ABSENT
}
