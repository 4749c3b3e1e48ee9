package dev.waggle.store.lane;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.Outcome;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.memory.WriteFault;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a store under random commands, slow readers, a tiny cache, failing writes, kills and power cuts; everything
 * follows from the seed. What was not answered is asked again with the same key, as clients do.
 */
final class LaneSimulation {
    private static final long KEYS_ARE_OVER = Duration.ofDays(8).toMillis();
    private static final DeviceId DEVICE = RandomCommands.DEVICE;

    /** A request that is repeated until it is answered. */
    private static final class Wish {
        final Command.OfConversation command;
        boolean asked;

        Wish(Command.OfConversation command) {
            this.command = command;
        }
    }

    final MemoryMedium medium = new MemoryMedium();
    /** Body of each acknowledged message, and its answer. */
    final Map<String, Reply.Sent> sent = new HashMap<>();
    /** Where each of them is: its conversation. */
    final Map<String, ConversationId> places = new HashMap<>();
    /** What went wrong, if anything did. */
    final List<String> violations = new ArrayList<>();
    /** Whom messages must be hidden from. */
    final SettingsWatch settings = new SettingsWatch(violations);
    /** How far everybody has come. */
    final MarkWatch marks = new MarkWatch(violations);
    /** Seqs of messages of high priority. */
    final Set<String> urgent = new HashSet<>();
    /** Kinds of commands, and of standings, that were carried out. */
    final Set<Object> done = new HashSet<>();
    /** When the last command was decided, before all keys were left to expire: Unix milliseconds. */
    long ended;

    private final Random random;
    private final ManualClock clock = new ManualClock(1_000_000);
    private final List<Wish> wishes = new ArrayList<>();
    private final Map<UserId, Long> epochs = new HashMap<>();
    private final RecordWish record = new RecordWish(violations);
    private final RandomCommands commands;
    private final List<Command.SendMessage> taken = new ArrayList<>();
    private ManualExecutor readers = new ManualExecutor();
    private LaneStore store;
    private int life;

    LaneSimulation(long seed) throws StorageFailure {
        random = new Random(seed);
        commands = new RandomCommands(random, clock);
        medium.cold((table, key) -> random.nextInt(3) == 0);
        medium.plan(sync -> {
            if (random.nextInt(3) == 0) {
                readers.runOne(); // reads what this write is about to change
            }
            return random.nextInt(25) == 0 ? WriteFault.values()[1 + random.nextInt(3)] : WriteFault.NONE;
        });
        store = boot();
    }

    void run(int steps) throws StorageFailure {
        commands.creations().forEach(this::wish);
        for (int i = 0; i < steps; i++) {
            step();
        }
        medium.plan(sync -> WriteFault.NONE);
        for (int i = 0; !wishes.isEmpty() && i < 1_000; i++) {
            askAgain();
            turn();
        }
        if (!wishes.isEmpty()) {
            violations.add(wishes.size() + " requests are never answered");
        }
        turn();
        ended = clock.millis();
        forgetKeys();
        store.reads().record(RecordWish.KEY).thenAccept(record::check);
        if (record.wasChanged()) {
            done.add(Command.PutRecord.class);
        }
        turn();
        store.close();
        readers.release();
        if (store.queueLength() != 0) {
            violations.add("the queue says " + store.queueLength() + " when it is empty");
        }
        look();
    }

    private void step() throws StorageFailure {
        clock.advance(random.nextInt(40));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> wish(commands.message());
            case 5, 6 -> wish(random.nextInt(3) > 0 ? commands.change() : commands.erasure());
            case 7 -> {
                open();
                settings.change(commands.settingsChange(), this::ask);
            }
            case 8 -> {
                progress();
                push();
                record.ask(store, commands.number(), clock.millis());
            }
            case 9 -> read();
            case 10, 11 -> store.step();
            case 12, 13 -> readers.runOne();
            case 14 -> readers.runNewest();
            case 15, 16 -> askAgain();
            case 17 -> {
                if (random.nextInt(8) == 0) {
                    crash();
                } else if (random.nextInt(8) == 0 && wishes.isEmpty()) {
                    clock.advance(KEYS_ARE_OVER);
                }
            }
            default -> turn();
        }
    }

    /** Lets the committer and the readers finish what they have, and time pass. */
    private void turn() {
        boolean any = true;
        for (int i = 0; any && i < 1_000; i++) {
            any = store.step() | readers.runOne();
        }
        clock.advance(50);
    }

    /** Every key expires, and the sweep comes round: from the middle of the table perhaps, then from its beginning. */
    private void forgetKeys() {
        turn();
        for (int i = 0; i < 3; i++) {
            clock.advance(KEYS_ARE_OVER);
            turn();
        }
    }

    private void crash() throws StorageFailure {
        if (random.nextBoolean()) {
            medium.kill();
        } else {
            medium.powerCut(random.nextInt(medium.unsynced() + 1));
        }
        look();
        clock.advance(1 + random.nextInt(100));
        epochs.clear();
        record.crashed();
        wishes.forEach(wish -> wish.asked = false);
        store = boot();
    }

    /** The process is dead: what the disk has is what there is. */
    private void look() throws StorageFailure {
        medium.kill();
        Storage disk = medium.open();
        marks.check(disk);
        disk.close();
    }

    private LaneStore boot() throws StorageFailure {
        life++;
        readers = new ManualExecutor();
        readers.hold();
        LaneLimits limits = new LaneLimits(
                40,
                1 << 20,
                1 + random.nextInt(12),
                1 << 16,
                2_000,
                Duration.ofMillis(20),
                Duration.ofMillis(80),
                Duration.ZERO);
        return StoreOpener.stepped(
                new LaneParts(
                        medium, Limits.defaults(), limits, events -> {}, StoreMetrics.NOOP, clock, () -> 0, readers),
                (current, executor) -> new StoreReads(current, executor, 16, clock));
    }

    private void wish(Command.OfConversation command) {
        wishes.add(new Wish(command));
        if (command instanceof Command.SendMessage message) {
            settings.sends(message);
        }
        askAgain();
    }

    private void askAgain() {
        for (Wish wish : List.copyOf(wishes)) {
            if (!wish.asked) {
                int asking = life;
                wish.asked = store.submit(
                        wish.command.actor().user(), wish.command, outcome -> answered(wish, outcome, asking));
            }
        }
    }

    private void answered(Wish wish, Outcome outcome, int asking) {
        if (asking != life || !wish.asked && !wishes.contains(wish)) {
            violations.add("an answer from a store that is gone, or a second one");
        }
        wish.asked = false;
        if (outcome instanceof Outcome.Failed) {
            return;
        }
        wishes.remove(wish);
        if (wish.command instanceof Command.SendMessage message) {
            settings.answered(message);
        }
        if (outcome instanceof Outcome.Accepted accepted) {
            carriedOut(wish.command);
            if (accepted.reply() instanceof Reply.Sent reply) {
                stored((Command.SendMessage) wish.command, reply);
            }
        }
    }

    private void stored(Command.SendMessage message, Reply.Sent reply) {
        String body = message.body().asUtf8();
        sent.put(body, reply);
        places.put(body, message.conversation());
        if (message.properties().isUrgent()) {
            urgent.add(message.conversation() + "#" + reply.seq());
        }
        if (message.qos2PacketId() != null) {
            taken.add(message);
        }
    }

    private void carriedOut(Command command) {
        done.add(command.getClass());
        if (command instanceof Command.ChangeStanding standing) {
            done.add(standing.kind());
            if (standing.kind() == Standing.Kind.DISSOLVED) {
                commands.dissolved();
            }
        }
    }

    /** Asks once, whatever comes of it. */
    private boolean ask(Command.OfUser command, Runnable accepted) {
        return store.submit(command.user(), command, outcome -> {
            if (outcome instanceof Outcome.Accepted) {
                carriedOut(command);
                accepted.run();
            }
        });
    }

    private void open() {
        UserId user = commands.user();
        store.submit(user, new Command.OpenSession(user, DEVICE, false, 3_600, 0, clock.millis()), outcome -> {
            if (outcome instanceof Outcome.Accepted accepted
                    && accepted.reply() instanceof Reply.SessionOpened opened) {
                done.add(Command.OpenSession.class);
                epochs.put(user, opened.epoch());
                long cursor = opened.progress().cursor();
                if (cursor > opened.inboxEnd()) {
                    violations.add(user + " came back at " + cursor + " of " + opened.inboxEnd());
                }
            }
        });
    }

    private void progress() {
        UserId user = commands.user();
        Long epoch = epochs.get(user);
        if (epoch == null) {
            return;
        }
        DeviceProgress progress = DeviceProgress.at(random.nextInt(30));
        Map<ConversationId, Long> delivered = new HashMap<>();
        String body = somethingSent();
        if (body != null && (!(places.get(body) instanceof ConversationId.Direct direct) || direct.has(user))) {
            delivered.put(places.get(body), sent.get(body).seq());
        }
        long now = clock.millis();
        switch (random.nextInt(3)) {
            case 0 -> ask(new Command.MoveCursor(user, DEVICE, epoch, progress, delivered, now), () -> {});
            case 1 ->
                ask(
                        new Command.CloseSession(user, DEVICE, epoch, 3_600, progress, List.of(), delivered, now, now),
                        () -> delivered.forEach((place, seq) -> {
                            if (place instanceof ConversationId.Direct direct) {
                                marks.delivered(user, direct, seq);
                            }
                        }));
            default -> filters(user);
        }
    }

    private void filters(UserId user) {
        List<Filter> add = List.of(Filter.of("u/" + user + "/in/" + random.nextInt(3), 1));
        List<String> remove = List.of("u/" + user + "/in/" + random.nextInt(3));
        ask(new Command.ChangeFilters(user, DEVICE, add, remove, clock.millis()), () -> {});
        if (random.nextInt(4) == 0) {
            ask(new Command.ForgetDevice(user, DEVICE, clock.millis()), () -> {});
        }
        if (!taken.isEmpty()) {
            Command.SendMessage message = taken.remove(random.nextInt(taken.size()));
            Integer packetId = message.qos2PacketId();
            ask(
                    new Command.ReleasePacket(
                            message.actor().user(), DEVICE, packetId == null ? 0 : packetId, clock.millis()),
                    () -> {});
        }
    }

    /** Somebody reads up to a message that is there, or beyond. */
    private void read() {
        String body = somethingSent();
        if (body == null) {
            return;
        }
        UserId user = commands.user();
        ConversationId place = places.get(body);
        long seq = sent.get(body).seq();
        long said = random.nextInt(8) == 0 ? seq + 1_000 : seq;
        Actor actor = Actor.of(user, DEVICE);
        ask(
                new Command.MarkRead(actor, place, said, random.nextInt(4) == 0, clock.millis()),
                () -> marks.read(user, place, seq));
    }

    private @Nullable String somethingSent() {
        List<String> bodies = sent.keySet().stream().sorted().toList();
        return bodies.isEmpty() ? null : bodies.get(random.nextInt(bodies.size()));
    }

    private void push() {
        UserId user = commands.user();
        Command.OfUser command =
                switch (random.nextInt(4)) {
                    case 0, 1 ->
                        new Command.KeepPush(
                                user,
                                DEVICE,
                                Command.KeepPush.ANY_VERSION,
                                Bytes.utf8("token" + commands.number()),
                                clock.millis());
                    case 2 -> new Command.KeepPush(user, DEVICE, random.nextInt(3), null, clock.millis());
                    default -> new Command.SettlePush(user, Map.of(DEVICE, (long) random.nextInt(30)), clock.millis());
                };
        ask(command, () -> {});
    }
}
