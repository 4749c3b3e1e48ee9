package dev.waggle.broker.inbound;

import dev.waggle.broker.call.CallAnswer;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.outbound.Errands;
import dev.waggle.broker.outbound.Outflow;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages to the store and requests to the call table, in order, as fast as rates and queues allow. Over its own
 * rate an MQTT 5 client is refused at once and a 3.1.1 client waits; a full lane makes both wait, MQTT 5 for a second.
 */
@RunsOn("connection")
final class Handover {
    /** Unreleased QoS 2 packet ids of a 3.1.1 client, which knows no Receive Maximum. */
    static final int MOST_OPEN_PACKETS = 1_024;

    private static final int MOST_CALLS = 8;
    private static final int MOST_ANSWER_BYTES = 1024 * 1024;
    private static final long OVERLOAD_MILLIS = 1_000;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final Rejection OVERLOADED = new Rejection(
            Refusal.UNAVAILABLE, QUOTA_EXCEEDED, "the server is overloaded: nothing was stored, send it again later");
    private static final Rejection ANSWERS_WAIT =
            Rejection.of(Refusal.RATE_LIMITED, "acknowledge the answers to earlier calls first");

    private final Connection connection;
    private final boolean mqtt5;
    private final Errands errands;
    private final Outflow outflow;
    private final InboundDoors doors;
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>(0);
    private int calls;

    Handover(Connection connection, Errands errands, Outflow outflow, InboundDoors doors) {
        this.connection = connection;
        this.mqtt5 = connection.profile().mqtt5();
        this.errands = errands;
        this.outflow = outflow;
        this.doors = doors;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** True if no more is to be read: more than a look at the first one is in the way. */
    boolean isStuck() {
        Exchange first = waiting.peek();
        return first != null && !isBeingLookedAt(first);
    }

    /** Messages may be looked at side by side; they are handed on in their order. */
    private void look(Exchange exchange) {
        if (exchange.work instanceof Intake.Send send
                && !doors.screening().passes(send.command().actor())) {
            exchange.screened =
                    doors.screening().screen(send.command(), later -> errands.add(() -> exchange.screened = later));
        }
    }

    private boolean isBeingLookedAt(Exchange exchange) {
        return exchange.screened == null
                && exchange.work instanceof Intake.Send send
                && !doors.screening().passes(send.command().actor());
    }

    void add(Exchange exchange) {
        if (exchange.restored) {
            exchange.rateTaken = true;
        } else if (mqtt5) {
            OverLimit over = takeRate(exchange);
            if (over != null) {
                exchange.refuse(Rejection.of(Refusal.RATE_LIMITED, over.message()));
                return;
            }
            exchange.rateTaken = true;
        }
        waiting.add(exchange);
        look(exchange);
        work();
        if (!waiting.isEmpty()) {
            errands.wake();
        }
    }

    /** Hands on what waits, as far as it goes. */
    void work() {
        Exchange first = waiting.peek();
        while (first != null && handOn(first)) {
            waiting.remove();
            first = waiting.peek();
        }
    }

    private boolean handOn(Exchange exchange) {
        if (!exchange.rateTaken) {
            if (takeRate(exchange) != null) {
                return isGivenUp(exchange);
            }
            exchange.rateTaken = true;
        }
        if (isBeingLookedAt(exchange)) {
            return false;
        }
        Rejection forbidden = exchange.screened == null ? null : exchange.screened.rejection();
        if (forbidden != null) {
            exchange.refuse(forbidden);
            return true;
        }
        boolean taken = exchange.work instanceof Intake.ForStore work
                ? doors.store().submit(connection, exchange.command(work), exchange)
                : call((Intake.Call) exchange.work, exchange);
        if (taken && exchange.stage == Exchange.Stage.WAITING) {
            exchange.stage = Exchange.Stage.UNDER_WAY;
        }
        return taken || isGivenUp(exchange);
    }

    private @Nullable OverLimit takeRate(Exchange exchange) {
        if (exchange.work instanceof Intake.Send) {
            return doors.rates().takeSend(connection.identity());
        }
        return exchange.work instanceof Intake.Read
                ? doors.rates().takeRead(connection.identity())
                : doors.rates().takeCall(connection.identity());
    }

    private boolean isGivenUp(Exchange exchange) {
        long waited = doors.clock().millis() - exchange.since;
        boolean mayRefuse = mqtt5 && !exchange.restored;
        if (mayRefuse && waited > OVERLOAD_MILLIS) {
            exchange.refuse(OVERLOADED);
            return true;
        }
        if (!mayRefuse && waited > Holding.LONGEST_MILLIS) {
            connection.disconnect(QUOTA_EXCEEDED, OVERLOADED.message());
        }
        return false;
    }

    private boolean call(Intake.Call call, Exchange exchange) {
        if (outflow.waitingAnswerBytes() > MOST_ANSWER_BYTES) {
            if (mqtt5) {
                exchange.refuse(ANSWERS_WAIT);
            }
            return mqtt5;
        }
        if (calls >= MOST_CALLS) {
            return false;
        }
        calls++;
        exchange.stage = Exchange.Stage.UNDER_WAY;
        doors.calls()
                .call(
                        connection,
                        connection.identity(),
                        call.method(),
                        call.key(),
                        call.request(),
                        call.contentType(),
                        answer -> errands.add(() -> answered(call, exchange, answer)));
        return true;
    }

    private void answered(Intake.Call call, Exchange exchange, CallAnswer answer) {
        calls--;
        outflow.reply(call.replyTopic(), answer.json(), answer.contentType(), exchange.correlation);
        exchange.succeed(null);
    }
}
