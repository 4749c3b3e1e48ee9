package dev.waggle.broker.push;

import dev.waggle.push.registration.Registration;
import dev.waggle.push.registration.RegistrationJson;
import dev.waggle.push.rules.Ledger;
import dev.waggle.push.rules.PushLimits;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Command;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Reads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through all registrations once a day, one at a time: counts them, deletes those that were not renewed for too long,
 * and clears the address book of addresses where their owner is no more. A second one would see nothing else, so what a kill
 * interrupts simply begins again.
 */
public final class Census {
    private static final Logger LOG = LoggerFactory.getLogger(Census.class);

    /** After the start there is more urgent work. */
    private static final long CALM = Duration.ofMinutes(1).toMillis();

    private static final long PERIOD = Duration.ofDays(1).toMillis();
    /** After the store could not be read. */
    private static final long AGAIN = Duration.ofHours(1).toMillis();
    /** An address that was taken so lately may be about to be registered. */
    private static final long SETTLED = AddressBook.FRESH.multipliedBy(2).toMillis();

    private static final int PAGE = 200;

    private final ChatStore store;
    private final AddressBook book;
    private final Outlets outlets;
    private final Ledger ledger;
    private final PushLimits limits;
    private final InstantSource clock;
    private final Executor thread;

    private final ArrayDeque<AddressBook.Entry> page = new ArrayDeque<>();
    private final Map<OutletId, Count> counting = new HashMap<>();
    private volatile Map<OutletId, Count> counted = Map.of();
    private @Nullable Bytes last;
    private long next;
    private boolean running;

    /**
     * Registrations of one outlet; the provider is {@code none} if that is not configured any more.
     *
     * @param stale not renewed for 30 days
     */
    public record Count(long fresh, long stale) {
        Count plus(Count other) {
            return new Count(fresh + other.fresh, stale + other.stale);
        }
    }

    Census(PushParts parts, Executor thread) {
        this.store = parts.store();
        this.book = new AddressBook(parts.store(), parts.clock());
        this.outlets = parts.outlets();
        this.ledger = parts.ledger();
        this.limits = parts.limits();
        this.clock = parts.clock();
        this.thread = thread;
    }

    /** As of the last one that came to its end; any thread. */
    Map<OutletId, Count> counted() {
        return counted;
    }

    @RunsOn("push")
    void turn(long now) {
        next = next == 0 ? now + CALM : next;
        if (!running && now >= next) {
            running = true;
            counting.clear();
            last = null;
            turnPage();
        }
    }

    private void turnPage() {
        then(book.page(last, PAGE), entries -> {
            page.addAll(entries);
            if (entries.isEmpty()) {
                counted = Map.copyOf(counting);
                end(PERIOD);
            } else {
                step();
            }
        });
    }

    private void step() {
        AddressBook.Entry entry = page.poll();
        if (entry == null) {
            turnPage();
            return;
        }
        last = entry.key().key();
        then(store.reads().sleepers(entry.user(), 1), seen -> {
            look(entry, seen);
            step();
        });
    }

    private <T> void then(CompletionStage<T> read, Consumer<T> use) {
        CompletionStage<Void> unused = read.thenAcceptAsync(use, thread).exceptionally(failure -> {
            LOG.warn("the registrations for pushes cannot be gone through: {}", failure.toString());
            thread.execute(() -> end(AGAIN));
            return null;
        });
    }

    private void end(long pause) {
        page.clear();
        running = false;
        next = clock.millis() + pause;
    }

    private void look(AddressBook.Entry entry, Reads.Sleepers seen) {
        long now = clock.millis();
        for (Reads.Sleeper one : seen.devices()) {
            Parsed<Registration> read = RegistrationJson.decode(one.registration());
            if (one.device().equals(entry.device()) && read.isOk() && AddressBook.isAt(entry, read.get())) {
                Registration known = read.get();
                if (now - known.at() > limits.forgotten().toMillis()) {
                    forget(entry, one, now);
                } else {
                    boolean stale = now - known.at() > limits.stale().toMillis();
                    counting.merge(id(known), new Count(stale ? 0 : 1, stale ? 1 : 0), Count::plus);
                }
                return;
            }
        }
        if (now - entry.version() > SETTLED) {
            book.clear(entry, now);
        }
    }

    /** Unless it was renewed meanwhile. */
    private void forget(AddressBook.Entry entry, Reads.Sleeper device, long now) {
        LOG.info("the registration of {}.{} was not renewed for too long", entry.user(), entry.device());
        Command command = new Command.KeepPush(entry.user(), entry.device(), device.version(), null, now);
        if (store.submit(this, command, outcome -> {})) {
            ledger.forget(entry.user(), entry.device());
        }
        // Its address is cleared the next time, when it is sure that it has gone.
    }

    private OutletId id(Registration known) {
        return outlets.of(known.app(), known.address()).fold(Outlet::id, none -> new OutletId(known.app(), "none"));
    }
}
