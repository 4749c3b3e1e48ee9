package dev.waggle.store.lane;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MutePatch;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.Outcome;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.memory.WriteFault;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One run of a store under random commands, slow readers, a tiny cache, failing writes, kills and power cuts; everything
 * follows from the seed. What was not answered is asked again with the same key, as clients do.
 */
final class LaneSimulation {
    static final List<UserId> USERS =
            List.of(new UserId("ann"), new UserId("ben"), new UserId("cleo"), new UserId("dan"), new UserId("eve"));
    static final List<ConversationId.Group> GROUPS =
            List.of(new ConversationId.Group(new GroupId("g1")), new ConversationId.Group(new GroupId("g2")));
    private static final long KEYS_ARE_OVER = Duration.ofDays(8).toMillis();
    private static final DeviceId DEVICE = new DeviceId("phone");

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

    private final Random random;
    private final ManualClock clock = new ManualClock(1_000_000);
    private final List<Wish> wishes = new ArrayList<>();
    private final Map<UserId, Long> epochs = new HashMap<>();
    private final RecordWish record = new RecordWish(violations);
    private final Map<UserId, Long> closedAt = new HashMap<>();
    private ManualExecutor readers = new ManualExecutor();
    private LaneStore store;
    private int life;
    private int number;

    LaneSimulation(long seed) throws StorageFailure {
        random = new Random(seed);
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
        forgetKeys();
        store.reads().record(RecordWish.KEY).thenAccept(record::check);
        turn();
        store.close();
        readers.release();
        if (store.queueLength() != 0) {
            violations.add("the queue says " + store.queueLength() + " when it is empty");
        }
        medium.kill();
    }

    private void step() throws StorageFailure {
        clock.advance(random.nextInt(40));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> wish(message());
            case 6 -> wish(random.nextBoolean() ? change() : erasure());
            case 7 -> open();
            case 8 -> {
                progress();
                push();
                record.ask(store, number++, clock.millis());
            }
            case 9, 10, 11 -> store.step();
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
        clock.advance(1 + random.nextInt(100));
        epochs.clear();
        record.crashed();
        wishes.forEach(wish -> wish.asked = false);
        store = boot();
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
        if (outcome instanceof Outcome.Accepted accepted && accepted.reply() instanceof Reply.Sent reply) {
            String body = ((Command.SendMessage) wish.command).body().asUtf8();
            sent.put(body, reply);
            places.put(body, wish.command.conversation());
        }
    }

    private void open() {
        UserId user = user();
        store.submit(user, new Command.OpenSession(user, DEVICE, false, 3_600, 0, clock.millis()), outcome -> {
            if (outcome instanceof Outcome.Accepted accepted
                    && accepted.reply() instanceof Reply.SessionOpened opened) {
                epochs.put(user, opened.epoch());
                long cursor = opened.progress().cursor();
                if (cursor < closedAt.getOrDefault(user, 0L) || cursor > opened.inboxEnd()) {
                    violations.add(user + " came back at " + cursor + " of " + opened.inboxEnd());
                }
            }
        });
    }

    private void progress() {
        UserId user = user();
        Long epoch = epochs.get(user);
        if (epoch == null) {
            return;
        }
        DeviceProgress progress = DeviceProgress.at(random.nextInt(30));
        if (random.nextBoolean()) {
            store.submit(user, new Command.MoveCursor(user, DEVICE, epoch, progress, clock.millis()), outcome -> {});
        } else {
            Command close = new Command.CloseSession(user, DEVICE, epoch, 3_600, progress, List.of(), clock.millis());
            store.submit(user, close, outcome -> {});
        }
    }

    private void push() {
        UserId user = user();
        Command command =
                switch (random.nextInt(4)) {
                    case 0, 1 ->
                        new Command.KeepPush(
                                user,
                                DEVICE,
                                Command.KeepPush.ANY_VERSION,
                                Bytes.utf8("token" + number),
                                clock.millis());
                    case 2 -> new Command.KeepPush(user, DEVICE, random.nextInt(3), null, clock.millis());
                    default -> new Command.SettlePush(user, Map.of(DEVICE, (long) random.nextInt(30)), clock.millis());
                };
        store.submit(user, command, outcome -> {});
    }

    private Command.SendMessage message() {
        UserId from = user();
        ConversationId to = random.nextInt(3) == 0
                ? GROUPS.get(random.nextInt(GROUPS.size()))
                : ConversationId.direct(from, user());
        String body = "body" + number++;
        return new Command.SendMessage(
                Actor.of(from, DEVICE),
                to,
                new SendKey(Bytes.utf8(random.nextInt(4) == 0 ? "again" + random.nextInt(4) : body)),
                Bytes.utf8(body),
                MessageProperties.NONE,
                null,
                clock.millis());
    }

    private Command.OfConversation change() {
        Actor actor = Actor.of(user(), DEVICE);
        ConversationId.Group group = GROUPS.get(random.nextInt(GROUPS.size()));
        SendKey key = new SendKey(Bytes.utf8("change" + number++));
        List<UserId> users = List.of(user(), user());
        long now = clock.millis();
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Command.CreateGroup(actor, group, GroupPatch.NONE, users, key, now);
            case 2, 3 -> new Command.AddMembers(actor, group, users, key, now);
            case 4 -> new Command.RemoveMembers(actor, group, users, key, now);
            case 5 -> new Command.LeaveGroup(actor, group, key, now);
            case 6 -> new Command.UpdateGroup(actor, group, settings(), key, now);
            case 7 -> new Command.ChangeRole(actor, group, user(), MemberRole.values()[random.nextInt(4)], key, now);
            default -> standing(actor, group, users, key, now);
        };
    }

    private Command.OfConversation erasure() {
        UserId by = user();
        Actor actor = new Actor(Author.of(by), DEVICE, random.nextInt(3) == 0 ? Actor.Role.MODERATOR : Actor.Role.USER);
        ConversationId of =
                random.nextBoolean() ? GROUPS.get(random.nextInt(GROUPS.size())) : ConversationId.direct(by, user());
        SendKey key = new SendKey(Bytes.utf8("erase" + number++));
        long seq = 1 + random.nextInt(12);
        SeqRanges seqs = SeqRanges.of(seq, seq + random.nextInt(3));
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Command.EditMessage(actor, of, seq, Bytes.utf8("edit" + number++), key, clock.millis());
            case 2, 3 -> new Command.DeleteMessages(actor, of, seqs, key, clock.millis());
            case 4 -> new Command.HideMessages(actor, of, seqs, key, clock.millis());
            default -> new Command.MuteConversation(actor, of, new MutePatch(seq, null, null), key, clock.millis());
        };
    }

    private GroupPatch settings() {
        return new GroupPatch(
                "name" + number,
                null,
                null,
                JoinPolicy.values()[random.nextInt(4)],
                HistoryPolicy.values()[random.nextInt(2)]);
    }

    /** Anything but the end of a group, which would leave nothing to try. */
    private Command.OfConversation standing(
            Actor actor, ConversationId.Group group, List<UserId> users, SendKey key, long now) {
        Standing.Kind kind = Standing.Kind.values()[random.nextInt(Standing.Kind.DISSOLVED.ordinal())];
        List<UserId> whom =
                switch (kind) {
                    case INVITED, REFUSED -> users;
                    case REQUESTED, DECLINED -> List.of();
                    default -> users.subList(0, 1);
                };
        long seconds = kind == Standing.Kind.MUTED ? 1 + random.nextInt(2) : 0;
        return new Command.ChangeStanding(actor, group, kind, whom, seconds, key, now);
    }

    private UserId user() {
        return USERS.get(random.nextInt(USERS.size()));
    }
}
