package dev.waggle.broker.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.metrics.Exposition;
import dev.waggle.broker.metrics.PushCounters;
import dev.waggle.broker.metrics.PushGauges;
import dev.waggle.push.Address;
import dev.waggle.push.guard.Backoff;
import dev.waggle.push.guard.PruneBreaker;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.registration.RegistrationJson;
import dev.waggle.push.rules.Ledger;
import dev.waggle.push.rules.PushLimits;
import dev.waggle.push.rules.PushRules;
import dev.waggle.push.rules.ReadSync;
import dev.waggle.push.rules.Sleeper;
import dev.waggle.push.text.Wording;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Reads;
import dev.waggle.store.lane.StoreRig;
import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A store that a test turns, and the engine of pushes on it, at the store's clock. */
final class PushRig {
    static final String OTHER_APP = "other";

    final StoreRig store;

    final ScriptedProvider provider = new ScriptedProvider();
    /** That of the other app. */
    final ScriptedProvider other = new ScriptedProvider();

    final Map<DeviceId, LiveDevices.Live> live = new HashMap<>();
    final PushJournal journal = new PushJournal();
    private final Map<String, Outlet> apps = new HashMap<>();
    private Exposition exposition;
    DeadLetters letters;
    private PushSignals signals = new PushSignals();
    private PushEngine engine;

    PushRig() throws StorageFailure {
        store = new StoreRig(new MemoryMedium()).boot();
        engine = engine();
    }

    private PushEngine engine() {
        Wording wording = new Wording(Bytes.wrap(new byte[32]), (key, plain) -> Bytes.wrap(plain));
        exposition = new Exposition();
        letters = new DeadLetters(store.store(), store.clock);
        apps.put("default", outlet("default", provider));
        apps.put(OTHER_APP, outlet(OTHER_APP, other));
        Outlets outlets = new Outlets() {
            @Override
            public Parsed<Outlet> of(String app, Address address) {
                Outlet outlet = apps.get(app);
                return outlet == null ? Parsed.bad("there is no app " + app) : Parsed.ok(outlet);
            }

            @Override
            public Registration completed(Registration registration) {
                return registration;
            }
        };
        PushEngine made = new PushEngine(
                new PushParts(
                        store.store(),
                        user -> live,
                        PushLimits.USUAL,
                        new PushRules(PushLimits.USUAL, wording),
                        new ReadSync(PushLimits.USUAL, wording),
                        new Ledger(PushLimits.USUAL, 100),
                        outlets,
                        new Backoff(new Random(1)),
                        signals,
                        journal,
                        letters,
                        new PushCounters(exposition),
                        store.clock),
                Runnable::run);
        gauges(exposition, made);
        made.start();
        return made;
    }

    private void gauges(Exposition to, PushEngine of) {
        List<Outlet> outlets = List.of(apps.get("default"), apps.get(OTHER_APP));
        new PushGauges(to, of, outlets, letters, store.clock);
    }

    /** What a scrape sees, without what is about the process. */
    List<String> metrics() {
        return exposition
                .text()
                .lines()
                .filter(line -> line.startsWith("waggle_push"))
                .toList();
    }

    private Outlet outlet(String app, ScriptedProvider of) {
        return new Outlet(new OutletId(app, "scripted"), of, new PruneBreaker(app, store.clock), () -> 0);
    }

    /** As if as many pushes of the usual app were on their way as may be. */
    void fill() {
        OutletQueue queue = engine.queue(apps.get("default"));
        Reads.Sleepers seen = new Reads.Sleepers(0, 0, List.of(), List.of(), false, 0);
        Sleeper sleeper = new Sleeper(StoreRig.PHONE, null, 0, null, false, 0);
        while (queue.hasRoom()) {
            queue.begin(Job.update(new PushEngine.Work(StoreRig.CAROL), sleeper, seen, null, 0));
        }
    }

    /** As after a kill: the store is opened again, and nothing is remembered. */
    void restart() throws StorageFailure {
        store.restart();
        signals = new PushSignals();
        engine = engine();
        turn();
    }

    /** Everything that can happen now happens. */
    void turn() {
        for (int i = 0; i < 20; i++) {
            for (UserId user : List.of(StoreRig.ALICE, StoreRig.BOB, StoreRig.CAROL)) {
                store.toldOf(user).forEach(this::tell);
            }
            store.forget();
            engine.turn();
            store.run();
        }
    }

    private void tell(Event.OfInbox event) {
        if (event instanceof Event.EntryAdded) {
            signals.came(event.user());
        } else if (event instanceof Event.PushDue) {
            signals.due(event.user());
        } else if (event instanceof Event.MarkMoved moved && moved.mark().readAt() != 0) {
            signals.read(moved.user(), moved.conversation(), moved.mark().read());
        }
    }

    void pass(Duration time) {
        store.clock.advance(time.toMillis());
        turn();
    }

    /** A message, and all that follows at once. */
    void send(UserId from, ConversationId to, String text) {
        store.send(from, to, text);
        turn();
    }

    void register(UserId user, DeviceId device) {
        register(user, device, new Address.Fcm("token-of-" + user + "-" + device, false), "default");
    }

    void register(UserId user, DeviceId device, Address address, String app) {
        Registration registration = new Registration(
                app, address, Locale.ENGLISH, ZoneOffset.UTC, "1", null, false, null, store.clock.millis());
        CompletableFuture<Boolean> taken = new AddressBook(store.store(), store.clock)
                .take(user, device, registration)
                .toCompletableFuture();
        store.run();
        assertThat(taken).isCompletedWithValue(true);
        store.accepted(
                new Command.KeepPush(
                        user,
                        device,
                        Command.KeepPush.ANY_VERSION,
                        RegistrationJson.encode(registration),
                        store.clock.millis()),
                Reply.PushKept.class);
    }

    /** Those that were given up, the newest first. */
    List<DeadLetter> dead() {
        return letters.list(letter -> true, null, 2_000).toCompletableFuture().join();
    }

    /** Asks for the newest of them once more. */
    Replays.Replayed replay() {
        CompletableFuture<Optional<Replays.Replayed>> told =
                engine.replays().replay(dead().get(0).id()).toCompletableFuture();
        turn();
        return told.join().orElseThrow();
    }

    int registrations(UserId user) {
        return store.store()
                .reads()
                .sleepers(user, 1)
                .toCompletableFuture()
                .join()
                .devices()
                .size();
    }

    /** Addresses of which it is known whose they are. */
    int addresses() {
        return new AddressBook(store.store(), store.clock)
                .page(null, 100)
                .toCompletableFuture()
                .join()
                .size();
    }

    List<UserId> due() {
        return store.store().reads().duePushes(null, 10).toCompletableFuture().join();
    }
}
