package dev.waggle.store.lane;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.HistoryLimits;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.Outcome;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store without threads, for tests: commands go in, outcomes and events are collected. */
public final class StoreRig {
    public static final UserId ALICE = new UserId("alice");
    public static final UserId BOB = new UserId("bob");
    public static final UserId CAROL = new UserId("carol");
    public static final DeviceId PHONE = new DeviceId("phone");
    public static final DeviceId LAPTOP = new DeviceId("laptop");
    public static final GroupId TEAM = new GroupId("team");
    public static final ConversationId ALICE_BOB = ConversationId.direct(ALICE, BOB);

    public final ManualClock clock = new ManualClock(1_700_000_000_000L);
    public final ManualExecutor readers = new ManualExecutor();
    public final List<Event.OfInbox> told = new ArrayList<>();

    /** The storage with its faults. */
    public final ProbedStorage storage;

    private Limits limits;
    private final LaneLimits laneLimits;
    private @Nullable LaneStore store;
    private long bootedAt;
    private boolean failing;

    public StoreRig(StorageOpener storage, Limits limits, LaneLimits laneLimits) {
        this.storage = new ProbedStorage(storage);
        this.limits = limits;
        this.laneLimits = laneLimits;
    }

    public StoreRig(StorageOpener storage) {
        this(storage, Limits.defaults(), LaneLimits.defaults());
    }

    /** Opens the store; later a process starts here. */
    public StoreRig boot() throws StorageFailure {
        clock.advance(1_000);
        bootedAt = clock.millis();
        store = StoreOpener.stepped(
                new LaneParts(
                        storage, limits, laneLimits, told::addAll, StoreMetrics.NOOP, clock, System::nanoTime, readers),
                (current, executor) -> new StoreReads(current, executor, StoreReads.DEFAULT_QUEUE_LIMIT, clock));
        return this;
    }

    /** The usual limits, but for what is kept of a conversation. */
    public static Limits keeping(HistoryLimits history) {
        Limits usual = Limits.defaults();
        return new Limits(
                usual.body(),
                usual.properties(),
                usual.packet(),
                usual.receiveMaximum(),
                usual.topic(),
                usual.groupMembers(),
                usual.devicesPerUser(),
                usual.inboxEntries(),
                usual.inboxEntriesUnseen(),
                usual.inboxAge(),
                usual.conversationsPerDay(),
                usual.refuseUnknown(),
                usual.refuseBlocked(),
                usual.sessionExpiry(),
                usual.keyWindow(),
                usual.callKeyWindow(),
                usual.windowMessages(),
                usual.windowBytes(),
                history);
    }

    /** Closes the store in order and opens it again. */
    public void restart() throws StorageFailure {
        store().close();
        boot();
    }

    /** The same with other limits, as after a change of the configuration. */
    public void restart(Limits others) throws StorageFailure {
        limits = others;
        restart();
    }

    public LaneStore store() {
        if (store == null) {
            throw new IllegalStateException("boot first");
        }
        return store;
    }

    /** Turns the committer until there is nothing to do. */
    public void run() {
        while (store().step()) {
            // one more
        }
    }

    /** Lets time pass, then turns the committer. */
    public void pass(Duration time) {
        clock.advance(time.toMillis());
        run();
    }

    /** Submits one command and turns the committer until it is told its outcome. */
    public Outcome ask(Command command) {
        List<Outcome> outcomes = new ArrayList<>();
        if (!store().submit(this, command, outcomes::add)) {
            throw new IllegalStateException("the queue is full");
        }
        run();
        if (outcomes.size() != 1) {
            throw new IllegalStateException("told " + outcomes.size() + " outcomes");
        }
        return outcomes.get(0);
    }

    /** The reply to a command that must be accepted. */
    public <R extends Reply> R accepted(Command command, Class<R> reply) {
        Outcome outcome = ask(command);
        if (outcome instanceof Outcome.Accepted accepted) {
            return reply.cast(accepted.reply());
        }
        throw new AssertionError("not accepted: " + outcome);
    }

    public Reply.Sent send(UserId from, ConversationId to, String body) {
        return accepted(message(from, to, null, body), Reply.Sent.class);
    }

    public Reply.SessionOpened open(UserId user, DeviceId device, boolean clean, long expirySeconds) {
        return accepted(
                new Command.OpenSession(user, device, clean, expirySeconds, bootedAt, clock.millis()),
                Reply.SessionOpened.class);
    }

    public Command.SendMessage message(UserId from, ConversationId to, @Nullable String key, String body) {
        return new Command.SendMessage(
                Actor.of(from, PHONE),
                to,
                key == null ? null : new SendKey(Bytes.utf8(key)),
                Bytes.utf8(body),
                MessageProperties.NONE,
                null,
                clock.millis());
    }

    public Command.CreateGroup create(UserId creator, UserId... members) {
        return new Command.CreateGroup(
                Actor.of(creator, PHONE),
                new ConversationId.Group(TEAM),
                GroupPatch.named("the team"),
                List.of(members),
                null,
                clock.millis());
    }

    /** Everything that stands in the inbox. */
    public List<InboxItem> backlog(UserId user) {
        return store().reads()
                .backlog(user, 0, 512, 1 << 20)
                .toCompletableFuture()
                .join();
    }

    /** The bodies of the messages that stand in the inbox. */
    public List<String> bodies(UserId user) {
        List<String> bodies = new ArrayList<>();
        for (InboxItem item : backlog(user)) {
            if (item instanceof InboxItem.Entry entry && entry.entry() instanceof Event.MessageStored message) {
                bodies.add(message.body().asUtf8());
            }
        }
        return bodies;
    }

    public long bootedAt() {
        return bootedAt;
    }

    /** What was told of one user since the last call of {@link #forget}. */
    public List<Event.OfInbox> toldOf(UserId user) {
        return told.stream().filter(event -> event.user().equals(user)).toList();
    }

    /** From now on the listener throws. */
    public void failListener() {
        failing = true;
    }

    private void committed(List<Event.OfInbox> events) {
        if (failing) {
            throw new IllegalStateException("as the test wants");
        }
        told.addAll(events);
    }

    public void forget() {
        told.clear();
    }
}
