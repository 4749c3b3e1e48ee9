package dev.waggle.broker.session;

import dev.waggle.auth.revocation.MemoryRevocations;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.broker.gateway.Acknowledgement;
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
import dev.waggle.broker.testkit.FakeClock;
import dev.waggle.broker.testkit.FakeConnection;
import dev.waggle.broker.testkit.ManualCalls;
import dev.waggle.broker.testkit.People;
import dev.waggle.broker.testkit.ScriptedStore;
import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client on a chat whose store is scripted. */
final class OneClient {
    final ScriptedStore store = new ScriptedStore();
    final ManualCalls calls = new ManualCalls();
    final FakeClock clock = new FakeClock();
    final SessionRegistry registry = new SessionRegistry();
    final ChatHost host;
    final FakeConnection connection;
    final Dialogue dialogue;

    @Nullable
    Welcome welcome;

    OneClient(Profile profile) {
        this(profile, Screening.none());
    }

    OneClient(Profile profile, Screening screening) {
        host = new ChatHost(
                store,
                People.RULES,
                calls,
                Limits.defaults(),
                People.BOUNDS,
                screening,
                People.guards(Rates.Settings.defaults(), clock),
                clock,
                registry,
                new MarkBoard(registry, MarkLimits.defaults(), clock),
                new PresenceBoard(registry, clock),
                new RevocationRegister(new MemoryRevocations(), clock).table(),
                Traffic.UNCOUNTED);
        connection = new FakeConnection(profile);
        dialogue = host.connected(connection);
        dialogue.open(said -> welcome = said);
    }

    /** Connected without a record, and subscribed to everything of its own. */
    static OneClient here(Profile profile) {
        return here(profile, Screening.none());
    }

    static OneClient here(Profile profile, Screening screening) {
        OneClient client = new OneClient(profile, screening);
        client.store.openTransient();
        client.run();
        client.subscribe(Filter.of("u/alice/#", 1));
        return client;
    }

    void subscribe(Filter... filters) {
        dialogue.subscribe(List.of(filters), granted -> {});
        store.next().accept(new Reply.FiltersChanged(0, Map.of()));
        run();
    }

    void run() {
        connection.run();
    }

    /** Time passes, with the timer's ticks. */
    void pass(long millis) {
        for (long left = millis; left > 0; left -= 50) {
            clock.advance(Math.min(50, left));
            host.tick();
            run();
        }
    }

    /** @return false if the host has it */
    boolean publish(InboundPublish publish) {
        boolean taken = dialogue.publish(publish);
        run();
        return taken;
    }

    boolean publish(String topic, String payload, int qos, int packetId) {
        return publish(People.publish(topic, payload, qos, packetId));
    }

    /** The only acknowledgement so far. */
    Acknowledgement answer() {
        if (connection.acknowledgements.size() != 1) {
            throw new AssertionError("answers: " + connection.acknowledgements);
        }
        return connection.acknowledgements.remove(0);
    }

    /** Topics and payloads of what was delivered since the last time. */
    List<String> delivered() {
        List<String> texts = new ArrayList<>();
        for (Delivery delivery : connection.take()) {
            texts.add(delivery.topic() + " " + delivery.payload().asUtf8());
        }
        return texts;
    }
}
