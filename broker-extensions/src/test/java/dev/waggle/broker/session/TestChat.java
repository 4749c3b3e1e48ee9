package dev.waggle.broker.session;

import dev.waggle.auth.revocation.MemoryRevocations;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.marks.MarkBoard;
import dev.waggle.broker.marks.MarkLimits;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.outbound.Traffic;
import dev.waggle.broker.presence.PresenceBoard;
import dev.waggle.broker.push.PushSignals;
import dev.waggle.broker.testkit.FakeClock;
import dev.waggle.broker.testkit.FakeConnection;
import dev.waggle.broker.testkit.ManualCalls;
import dev.waggle.broker.testkit.People;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.lane.LaneLimits;
import dev.waggle.store.lane.LaneParts;
import dev.waggle.store.lane.LaneStore;
import dev.waggle.store.lane.StoreOpener;
import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole data path without threads: real store on a disk in memory, real sessions, connections of the test. */
final class TestChat {
    static final ConversationId.Group TEAM = new ConversationId.Group(new GroupId("team"));

    final MemoryMedium medium = new MemoryMedium();
    final FakeClock clock = new FakeClock();
    final RevocationRegister revocations = new RevocationRegister(new MemoryRevocations(), clock);
    final List<Client> clients = new ArrayList<>();
    private LaneStore store;
    private ChatHost host;

    private final Rates.Settings rates;

    TestChat() {
        this(Rates.Settings.defaults());
    }

    TestChat(Rates.Settings rates) {
        this.rates = rates;
        boot();
    }

    private void boot() {
        clock.advance(1_000);
        SessionRegistry registry = new SessionRegistry();
        MarkBoard marks = new MarkBoard(registry, MarkLimits.defaults(), clock);
        PresenceBoard presence = new PresenceBoard(registry, clock);
        try {
            store = StoreOpener.stepped(
                    new LaneParts(
                            medium,
                            Limits.defaults(),
                            LaneLimits.defaults(),
                            new CommitFanout(registry, marks, presence, new PushSignals()),
                            StoreMetrics.NOOP,
                            clock,
                            System::nanoTime,
                            Runnable::run),
                    (current, executor) -> new StoreReads(current, executor, StoreReads.DEFAULT_QUEUE_LIMIT, clock));
        } catch (StorageFailure failure) {
            throw new IllegalStateException(failure);
        }
        host = new ChatHost(
                store,
                People.RULES,
                new ManualCalls(),
                Limits.defaults(),
                People.BOUNDS,
                Screening.none(),
                People.guards(rates, clock),
                clock,
                registry,
                marks,
                presence,
                revocations.table(),
                Traffic.UNCOUNTED);
    }

    /** The process is killed and started again; every connection is gone without a word. */
    void crash() {
        medium.kill();
        startAgain();
    }

    /** The machine goes down; of what was not synced, so many writes are there by chance. */
    void powerCut(int kept) {
        medium.powerCut(kept);
        startAgain();
    }

    private void startAgain() {
        clients.forEach(client -> client.connection.close());
        clients.clear();
        boot();
    }

    /** True if the store takes commands. */
    boolean isWell() {
        return store.problems().isEmpty();
    }

    Reads reads() {
        return store.reads();
    }

    /** Runs everything that can run. */
    void run() {
        boolean any = true;
        while (any) {
            any = store.step();
            for (Client client : clients) {
                any |= client.connection.run();
            }
        }
    }

    void pass(long millis) {
        for (long left = millis; left > 0; left -= 50) {
            clock.advance(Math.min(50, left));
            host.tick();
            run();
        }
    }

    Outcome ask(Command command) {
        List<Outcome> outcomes = new ArrayList<>();
        store.submit(this, command, outcomes::add);
        run();
        return outcomes.get(0);
    }

    void group(String creator, String... members) {
        List<UserId> others = List.of(members).stream().map(UserId::new).toList();
        ask(new Command.CreateGroup(
                Actor.of(new UserId(creator), null), TEAM, GroupPatch.named("t"), others, null, clock.millis()));
    }

    void remove(String by, String user) {
        ask(new Command.RemoveMembers(
                Actor.of(new UserId(by), null), TEAM, List.of(new UserId(user)), null, clock.millis()));
    }

    /** A message that no connection sends. */
    void say(String from, ConversationId to, String body) {
        say(from, to, Bytes.utf8(body), MessageProperties.NONE);
    }

    void say(String from, ConversationId to, Bytes body, MessageProperties properties) {
        Actor actor = Actor.of(new UserId(from), new DeviceId("elsewhere"));
        ask(new Command.SendMessage(actor, to, null, body, properties, null, clock.millis()));
    }

    static ConversationId direct(String one, String other) {
        return ConversationId.direct(new UserId(one), new UserId(other));
    }

    /** Connects and, if there is no session to continue, subscribes to everything. */
    Client here(Profile profile) {
        Client client = connect(profile);
        if (client.welcome instanceof Welcome.In in && !in.sessionPresent()) {
            client.subscribe(Filter.of("u/" + profile.identity().user() + "/#", 1));
        }
        return client;
    }

    Client connect(Profile profile) {
        Client client = new Client(profile);
        clients.add(client);
        client.dialogue.open(said -> client.welcome = said);
        run();
        return client;
    }

    /** Asks for a session and does not wait for it. */
    Client connectUnanswered(Profile profile) {
        Client client = new Client(profile);
        client.dialogue.open(said -> client.welcome = said);
        return client;
    }

    /** One connected client. */
    final class Client {
        final FakeConnection connection;
        final Dialogue dialogue;

        @Nullable
        Welcome welcome;

        private Client(Profile profile) {
            connection = new FakeConnection(profile);
            dialogue = host.connected(connection);
        }

        Welcome.In in() {
            return (Welcome.In) welcome;
        }

        boolean subscribe(Filter... filters) {
            boolean[] proceeded = new boolean[1];
            dialogue.subscribe(List.of(filters), granted -> proceeded[0] = true);
            run();
            return proceeded[0];
        }

        void unsubscribe(String... topics) {
            dialogue.unsubscribe(List.of(topics), () -> {});
            run();
        }

        void publish(InboundPublish publish) {
            dialogue.publish(publish);
            run();
        }

        void publish(String topic, String body, int packetId) {
            publish(People.publish(topic, body, 1, packetId));
        }

        /** What came since the last time, acknowledged; until nothing more comes. */
        List<Delivery> receive() {
            List<Delivery> all = new ArrayList<>();
            List<Delivery> some = connection.take();
            while (!some.isEmpty()) {
                all.addAll(some);
                some.forEach(this::acknowledge);
                run();
                some = connection.take();
            }
            return all;
        }

        /** {@link #receive} as topics, without the user's prefix and the time. */
        List<String> receiveTopics() {
            return topics(receive());
        }

        /** What came since the last time, not acknowledged. */
        List<String> peekTopics() {
            return topics(connection.take());
        }

        void acknowledge(Delivery delivery) {
            if (delivery.qos() == 1) {
                dialogue.acknowledged(delivery.packetId());
            }
        }

        /** The socket is gone, with everything that was on its way to its thread. */
        void close() {
            connection.close();
            dialogue.closed();
            clients.remove(this);
            run();
        }

        private List<String> topics(List<Delivery> deliveries) {
            String prefix = "u/" + connection.profile().identity().user() + "/";
            return deliveries.stream()
                    .map(delivery -> delivery.topic().substring(prefix.length()).replaceAll("/\\d{13}$", ""))
                    .toList();
        }
    }
}
