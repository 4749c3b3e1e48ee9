package dev.waggle.broker.push;

import dev.waggle.push.Address;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.registration.RegistrationJson;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.Reads.StoredRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Whose an address is: a record for each, named by a hash. Who registers it last has it, and its former owner is not woken
 * there any more. Any thread.
 */
final class AddressBook {
    /** An address that is registered anew after that is noted anew too, so that nobody takes it for one left behind. */
    static final Duration FRESH = Duration.ofMinutes(30);

    private static final String KIND = "push-address";
    private static final int HASH_BYTES = 16;
    private static final int TRIES = 3;

    private final ChatStore store;
    private final InstantSource clock;

    AddressBook(ChatStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** False: the store did not take it, nothing is lost. */
    CompletionStage<Boolean> take(UserId user, DeviceId device, Registration registration) {
        return take(identity(registration), user, device, TRIES);
    }

    private CompletionStage<Boolean> take(Bytes address, UserId user, DeviceId device, int tries) {
        RecordKey key = key(address);
        String mine = user + "." + device;
        return store.reads().record(key).thenCompose(found -> {
            String owner = found.map(record -> record.value().asUtf8()).orElse("");
            long version = found.map(StoredRecord::version).orElse(0L);
            if (owner.equals(mine) && clock.millis() - version < FRESH.toMillis()) {
                return CompletableFuture.completedStage(true);
            }
            return store.ask(this, new Command.PutRecord(key, version, Bytes.utf8(mine), clock.millis()))
                    .thenCompose(outcome -> {
                        if (outcome instanceof Outcome.Accepted) {
                            return owner.equals(mine) ? CompletableFuture.completedStage(true) : leave(owner, address);
                        }
                        return outcome instanceof Outcome.Rejected && tries > 1
                                ? take(address, user, device, tries - 1)
                                : CompletableFuture.completedStage(false);
                    });
        });
    }

    /** The former owner is not to be found there any more. */
    private CompletionStage<Boolean> leave(String owner, Bytes address) {
        int dot = owner.indexOf('.');
        if (dot < 0) {
            return CompletableFuture.completedStage(true);
        }
        UserId user = new UserId(owner.substring(0, dot));
        DeviceId device = new DeviceId(owner.substring(dot + 1));
        return store.reads().sleepers(user, 1).thenCompose(seen -> {
            for (Reads.Sleeper one : seen.devices()) {
                if (one.device().equals(device) && isAt(one, address)) {
                    return store.ask(this, new Command.KeepPush(user, device, one.version(), null, clock.millis()))
                            .thenApply(outcome -> !(outcome instanceof Outcome.Failed));
                }
            }
            return CompletableFuture.completedStage(true); // it has another address by now
        });
    }

    private static boolean isAt(Reads.Sleeper device, Bytes address) {
        return RegistrationJson.decode(device.registration())
                .fold(known -> identity(known).equals(address), bad -> false);
    }

    /**
     * One address.
     *
     * @param version when it was noted, Unix milliseconds
     */
    record Entry(RecordKey key, long version, UserId user, DeviceId device) {}

    /**
     * Addresses in the order of their hashes; empty at the end.
     *
     * @param after the key of the last one of the page before, or null
     * @param limit 1…1000
     */
    CompletionStage<List<Entry>> page(@Nullable Bytes after, int limit) {
        return store.reads()
                .records(KIND, Bytes.EMPTY, after, limit)
                .thenApply(
                        page -> page.records().stream().map(AddressBook::entry).toList());
    }

    private static Entry entry(StoredRecord record) {
        String owner = record.value().asUtf8();
        int dot = owner.indexOf('.');
        return new Entry(
                record.key(),
                record.version(),
                new UserId(owner.substring(0, dot)),
                new DeviceId(owner.substring(dot + 1)));
    }

    /** True if the registration is at this address. */
    static boolean isAt(Entry entry, Registration registration) {
        return key(identity(registration)).equals(entry.key());
    }

    /** Forgets whose the address was, unless somebody has taken it since. */
    void clear(Entry entry, long now) {
        store.submit(this, new Command.PutRecord(entry.key(), entry.version(), null, now), outcome -> {});
    }

    /**
     * What an app's own program makes of its addresses, nobody else knows: they are that app's alone. All other addresses
     * are the same place whatever the app is called.
     */
    private static Bytes identity(Registration registration) {
        Bytes plain = registration.address().identity();
        boolean isOwn = registration.address() instanceof Address.Webhook
                && !registration.app().equals(Registration.USUAL_APP);
        return isOwn ? Bytes.utf8(registration.app() + " " + plain.asUtf8()) : plain;
    }

    private static RecordKey key(Bytes address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.shared());
            return new RecordKey(KIND, Bytes.wrap(Arrays.copyOf(hash, HASH_BYTES)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
