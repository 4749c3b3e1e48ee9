package dev.waggle.broker.push;

import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.registration.PushSettingsJson;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Reads.StoredRecord;
import dev.waggle.store.Ticket;
import java.util.concurrent.CompletionStage;

/** How users want to be woken: records of the store. Any thread. */
final class PushSettingsRecords {
    private static final String KIND = "push-settings";

    private final ChatStore store;

    PushSettingsRecords(ChatStore store) {
        this.store = store;
    }

    /**
     * @param version of the record, 0 if there is none
     */
    record Kept(PushSettings settings, long version) {}

    CompletionStage<PushSettings> of(UserId user) {
        return kept(user).thenApply(Kept::settings);
    }

    CompletionStage<Kept> kept(UserId user) {
        return store.reads()
                .record(key(user))
                .thenApply(found -> found.map(PushSettingsRecords::read).orElse(new Kept(PushSettings.USUAL, 0)));
    }

    /** @return false if the store is full */
    boolean put(UserId user, long expected, PushSettings next, long now, Ticket ticket) {
        return store.submit(
                this, new Command.PutRecord(key(user), expected, PushSettingsJson.encode(next), now), ticket);
    }

    /** What cannot be read was written by a newer version: then the usual counts. */
    private static Kept read(StoredRecord record) {
        return new Kept(
                PushSettingsJson.decode(record.value()).fold(settings -> settings, bad -> PushSettings.USUAL),
                record.version());
    }

    private static RecordKey key(UserId user) {
        return new RecordKey(KIND, Bytes.utf8(user.value()));
    }
}
