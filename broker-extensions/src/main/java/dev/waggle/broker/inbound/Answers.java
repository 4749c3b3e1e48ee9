package dev.waggle.broker.inbound;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.outbound.Outflow;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import org.jspecify.annotations.Nullable;

/** How an answer is said to this client (PROTOCOL §3): by reason code, on {@code sent}, both, or not at all. */
@RunsOn("connection")
final class Answers {
    private final Connection connection;
    private final Outflow outflow;
    private final boolean mqtt5;
    /** True if an acknowledgement can carry a reason and {@code seq}. */
    private final boolean says;

    Answers(Connection connection, Outflow outflow) {
        this.connection = connection;
        this.outflow = outflow;
        this.mqtt5 = connection.profile().mqtt5();
        this.says = mqtt5 && connection.profile().problemInformation();
    }

    /**
     * True if the client gets no answer yet. In 3.1.1 there is no negative one, and a repeat may help. Of a QoS 2 publish
     * whose packet id is kept, a refusal would free the id for another message while the record may have it: it is
     * repeated by us until the outcome is known.
     */
    boolean mustHold(Exchange exchange) {
        Rejection rejection = exchange.rejection;
        return rejection != null
                && exchange.qos > 0
                && rejection.refusal().repeatMayHelp()
                && (!mqtt5 || (exchange.isKept() && rejection.refusal() == Refusal.FAILED));
    }

    void give(Exchange exchange) {
        Rejection rejection = exchange.rejection;
        Reply.Sent sent = exchange.sent;
        if (exchange.qos == 0 || !says) {
            tell(exchange, rejection, sent);
        }
        if (exchange.qos == 0) {
            return;
        }
        connection.acknowledge(
                mqtt5 && rejection != null
                        ? new Acknowledgement(
                                exchange.packetId,
                                exchange.qos,
                                rejection.mqttReason(),
                                says ? rejection.message() : null,
                                null)
                        : new Acknowledgement(
                                exchange.packetId, exchange.qos, 0, null, says && sent != null ? sent.seq() : null));
    }

    private void tell(Exchange exchange, @Nullable Rejection rejection, Reply.@Nullable Sent sent) {
        if (exchange.conversation == null) {
            return;
        }
        if (rejection != null) {
            outflow.refused(exchange.conversation, exchange.id, rejection, exchange.correlation);
        } else if (sent != null && exchange.id != null) {
            outflow.sent(exchange.conversation, exchange.id, sent.seq(), sent.ts(), exchange.correlation);
        }
    }
}
