package dev.waggle.store.rules;

/**
 * What the rules know of a record; what it holds does not matter to them.
 *
 * @param version of the record, 0 if there is none
 */
public record RecordState(long version) {
    public static final RecordState NONE = new RecordState(0);
}
