package dev.waggle.broker.gateway.direct;

import com.hivemq.bootstrap.ClientConnectionContext;
import com.hivemq.mqtt.message.Message;
import com.hivemq.mqtt.message.auth.AUTH;
import com.hivemq.mqtt.message.connack.CONNACK;
import com.hivemq.mqtt.message.disconnect.DISCONNECT;
import com.hivemq.mqtt.message.puback.PUBACK;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.pubrel.PUBREL;
import com.hivemq.mqtt.message.reason.Mqtt5AuthReasonCode;
import com.hivemq.mqtt.message.reason.Mqtt5SubAckReasonCode;
import com.hivemq.mqtt.message.suback.SUBACK;
import com.hivemq.mqtt.message.subscribe.SUBSCRIBE;
import com.hivemq.mqtt.message.unsuback.UNSUBACK;
import com.hivemq.mqtt.message.unsubscribe.UNSUBSCRIBE;
import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.Profile;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that the host would let in: what it says becomes calls of its {@link Dialogue} or goes on to the host, each
 * packet in its turn; what the host says to it goes out behind the CONNACK. Confined to the connection's thread.
 */
final class Talk {
    private static final Logger log = LoggerFactory.getLogger(Talk.class);
    private static final int UNSPECIFIED_ERROR = 0x80;
    private static final int PROTOCOL_ERROR = 0x82;

    private final DirectGateway gateway;
    private final ChannelHandlerContext ctx;
    private final DirectConnection.Ending ending;
    private final Gate gate;
    private final Greeting greeting;
    private final DirectConnection connection;
    private final Dialogue dialogue;
    private boolean over;

    /**
     * @param hosts the CONNACK that the host would say
     * @param promise the host's, of its CONNACK
     */
    Talk(
            DirectGateway gateway,
            ChannelHandlerContext ctx,
            Profile profile,
            CONNACK hosts,
            ChannelPromise promise,
            DirectConnection.Ending ending) {
        this.gateway = gateway;
        this.ctx = ctx;
        this.ending = ending;
        this.gate = new Gate(ctx, packet -> heard(packet));
        this.greeting = new Greeting(gateway, ctx, profile, hosts, promise, this::say, ending);
        this.connection = new DirectConnection(
                ctx,
                profile,
                gate,
                greeting,
                (ended, lowered) -> gateway.restrict(profile.clientId(), ended, lowered),
                ending);
        this.dialogue = gateway.dialogue(ctx.channel(), connection);
    }

    Dialogue dialogue() {
        return dialogue;
    }

    Gate gate() {
        return gate;
    }

    Greeting greeting() {
        return greeting;
    }

    private void heard(Message packet) {
        if (over || ClientConnectionContext.of(ctx.channel()).getClientState().disconnectingOrDisconnected()) {
            return;
        }
        try {
            if (!takes(packet)) {
                ctx.fireChannelRead(packet);
            }
        } catch (RuntimeException bug) {
            log.error(
                    "A {} of client {} met a bug",
                    packet.getType(),
                    connection.profile().clientId(),
                    bug);
            ending.end(UNSPECIFIED_ERROR, "internal error");
        }
    }

    /** False if the host shall see the packet now. */
    private boolean takes(Message packet) {
        if (packet instanceof PUBLISH publish) {
            return dialogue.publish(Packets.publish(publish));
        }
        if (packet instanceof PUBACK puback) {
            return dialogue.acknowledged(puback.getPacketIdentifier());
        }
        if (packet instanceof PUBREL pubrel) {
            return dialogue.released(pubrel.getPacketIdentifier());
        }
        if (packet instanceof SUBSCRIBE subscribe) {
            gate.hold();
            Runnable proceed = proceed(subscribe);
            dialogue.subscribe(Packets.filters(subscribe), granted -> {
                Packets.limit(subscribe, granted);
                proceed.run();
            });
            return true;
        }
        if (packet instanceof UNSUBSCRIBE unsubscribe) {
            gate.hold();
            dialogue.unsubscribe(unsubscribe.getTopics(), proceed(unsubscribe));
            return true;
        }
        if (packet instanceof AUTH auth) {
            if (auth.getReasonCode() != Mqtt5AuthReasonCode.REAUTHENTICATE) {
                // Nobody asked it to go on; the host would look for the CONNECT that it has let go of.
                ending.end(PROTOCOL_ERROR, "an AUTH must be a re-authentication (0x19) with a new token");
                return true;
            }
            dialogue.renewing();
        } else if (packet instanceof DISCONNECT disconnect) {
            disconnecting(disconnect);
        }
        return Packets.isStray(packet);
    }

    private Runnable proceed(Message packet) {
        return new Runnable() {
            private boolean done;

            @Override
            public void run() {
                if (!done && !over) {
                    done = true;
                    ctx.fireChannelRead(packet);
                }
            }
        };
    }

    private void disconnecting(DISCONNECT packet) {
        long expiry = packet.getSessionExpiryInterval();
        dialogue.disconnecting(expiry == DISCONNECT.SESSION_EXPIRY_NOT_SET ? null : Long.valueOf(expiry));
    }

    /** The host says something, but no CONNACK. */
    void say(Object packet, ChannelPromise promise) {
        if (greeting.holds(packet, promise)) {
            return;
        }
        if (packet instanceof SUBACK suback) {
            tell(suback);
        }
        if (packet instanceof AUTH auth && auth.getReasonCode() == Mqtt5AuthReasonCode.SUCCESS) {
            renewed(auth, promise);
        } else if (gate.isHeld() && (packet instanceof SUBACK || packet instanceof UNSUBACK)) {
            ChannelPromise told = promise.unvoid();
            var unused = told.addListener(written -> gate.release());
            var written = ctx.write(packet, told);
        } else {
            var written = ctx.write(packet, promise);
        }
    }

    private void tell(SUBACK suback) {
        String reason = suback.getReasonString();
        suback.getReasonCodes().stream()
                .filter(Mqtt5SubAckReasonCode::isError)
                .findFirst()
                .ifPresent(code -> dialogue.refusedFilters(code.getCode(), reason == null ? "" : reason));
    }

    /** The authenticator has left the newest identity; the host's own reason string says the contrary of success. */
    private void renewed(AUTH hosts, ChannelPromise promise) {
        Identity identity = gateway.identity(ctx.channel());
        if (identity == null) {
            ending.end(UNSPECIFIED_ERROR, "no identity");
            return;
        }
        connection.renewed(identity);
        dialogue.renewed();
        var unused = ctx.write(
                new AUTH(
                        hosts.getAuthMethod(),
                        hosts.getAuthData(),
                        Mqtt5AuthReasonCode.SUCCESS,
                        hosts.getUserProperties(),
                        null),
                promise);
    }

    /** The connection is being ended: nothing that it says counts any more. */
    void end() {
        over = true;
        greeting.cancel();
    }

    /** The connection has ended. A DISCONNECT that still waited behind a pause counts: the client did say it. */
    void closed() {
        over = true;
        greeting.closed();
        connection.closed();
        try {
            for (Message packet : gate.waiting()) {
                if (packet instanceof DISCONNECT disconnect) {
                    disconnecting(disconnect);
                }
            }
        } finally {
            dialogue.closed();
        }
    }
}
