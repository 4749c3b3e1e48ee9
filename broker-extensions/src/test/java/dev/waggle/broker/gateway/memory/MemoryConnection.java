package dev.waggle.broker.gateway.memory;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.gateway.direct.DeliverySize;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Both sides of one connection in memory: the port for the chat, the wire for the client. */
final class MemoryConnection implements Connection {
    private final Profile profile;
    private final Lane lane;
    private final Queue<ClientPacket> arriving = new ArrayDeque<>();
    private final List<ServerPacket> sent = new ArrayList<>();
    private final List<ServerPacket> early = new ArrayList<>();
    private final List<InboundPublish> passed = new ArrayList<>();
    private Dialogue dialogue;
    private boolean welcomed;
    private boolean paused;
    private boolean held;
    private boolean writable = true;
    private boolean lost;
    private boolean closed;

    MemoryConnection(Executor executor, Profile profile) {
        this.profile = profile;
        this.lane = new Lane(executor);
    }

    Executor thread() {
        return lane;
    }

    void open(Dialogue with) {
        dialogue = with;
        if (closed) {
            with.closed();
            return;
        }
        with.open(welcome -> lane.execute(() -> welcome(welcome)));
    }

    private void welcome(Welcome welcome) {
        if (closed || welcomed) {
            return;
        }
        if (welcome instanceof Welcome.Out out) {
            sent.add(new ServerPacket.Connack(out.reasonCode(), false, null));
            close();
            return;
        }
        Welcome.In in = (Welcome.In) welcome;
        welcomed = true;
        sent.add(new ServerPacket.Connack(0, in.sessionPresent(), profile.mqtt5() ? in.waiting() : null));
        sent.addAll(early);
        lane.execute(this::read);
    }

    // The client's side.

    void receive(ClientPacket packet) {
        lane.execute(() -> {
            if (!closed && !lost) {
                arriving.add(packet);
                read();
            }
        });
    }

    void drop() {
        lost = true;
        arriving.clear();
        lane.execute(this::close);
    }

    void setWritable(boolean now) {
        lane.execute(() -> {
            if (!closed && writable != now) {
                writable = now;
                dialogue.writabilityChanged();
            }
        });
    }

    List<ServerPacket> sent() {
        return Collections.unmodifiableList(sent);
    }

    List<InboundPublish> passed() {
        return Collections.unmodifiableList(passed);
    }

    boolean isClosed() {
        return closed;
    }

    private void read() {
        while (welcomed && !paused && !held && !closed && !arriving.isEmpty()) {
            said(arriving.remove());
        }
    }

    private void said(ClientPacket packet) {
        if (packet instanceof ClientPacket.Publish publish) {
            if (!dialogue.publish(publish.publish())) {
                passed.add(publish.publish());
            }
        } else if (packet instanceof ClientPacket.Puback puback) {
            dialogue.acknowledged(puback.packetId());
        } else if (packet instanceof ClientPacket.Pubrel pubrel) {
            if (!dialogue.released(pubrel.packetId())) {
                sent.add(new ServerPacket.Completed(pubrel.packetId()));
            }
        } else if (packet instanceof ClientPacket.Subscribe subscribe) {
            held = true;
            dialogue.subscribe(subscribe.filters(), granted -> proceed(new ServerPacket.Suback(subscribe.packetId())));
        } else if (packet instanceof ClientPacket.Unsubscribe unsubscribe) {
            held = true;
            dialogue.unsubscribe(
                    unsubscribe.topics(), () -> proceed(new ServerPacket.Unsuback(unsubscribe.packetId())));
        } else if (packet instanceof ClientPacket.Disconnect disconnect) {
            dialogue.disconnecting(disconnect.sessionExpirySeconds());
            close();
        }
    }

    private void proceed(ServerPacket answer) {
        if (held && !closed) {
            sent.add(answer);
            held = false;
            lane.execute(this::read);
        }
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        sent.add(new ServerPacket.Closed());
        if (dialogue != null) {
            for (ClientPacket packet : arriving) {
                if (packet instanceof ClientPacket.Disconnect disconnect) {
                    dialogue.disconnecting(disconnect.sessionExpirySeconds());
                }
            }
            dialogue.closed();
        }
    }

    // The chat's side.

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public void execute(Runnable task) {
        lane.execute(() -> {
            if (!closed) {
                task.run();
            }
        });
    }

    @Override
    public void acknowledge(Acknowledgement answer) {
        boolean bare = !profile.mqtt5() || !profile.problemInformation();
        write(new ServerPacket.Answered(new Acknowledgement(
                answer.packetId(),
                answer.qos(),
                profile.mqtt5() ? answer.reasonCode() : 0,
                bare ? null : answer.reason(),
                bare ? null : answer.seq())));
    }

    @Override
    public void complete(int packetId) {
        write(new ServerPacket.Completed(packetId));
    }

    @Override
    public int sizeOf(Delivery delivery) {
        return DeliverySize.of(delivery, profile.mqtt5());
    }

    @Override
    public void send(Delivery delivery) {
        write(new ServerPacket.Delivered(
                profile.mqtt5()
                        ? delivery
                        : new Delivery(
                                delivery.topic(),
                                delivery.payload(),
                                delivery.qos(),
                                delivery.packetId(),
                                delivery.dup(),
                                MessageProperties.NONE,
                                List.of(),
                                null)));
    }

    private void write(ServerPacket packet) {
        if (!closed) {
            (welcomed ? sent : early).add(packet);
        }
    }

    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        lane.execute(this::read);
    }

    /** There is no host, so nothing outside the chat is delivered anyway. */
    @Override
    public void restrict(List<String> ended, List<Filter> lowered) {}

    @Override
    public void disconnect(int reasonCode, String reason) {
        lane.execute(() -> {
            if (!closed) {
                if (!welcomed) {
                    sent.add(new ServerPacket.Connack(reasonCode, false, null));
                } else if (profile.mqtt5()) {
                    sent.add(new ServerPacket.Disconnected(reasonCode, reason));
                }
                close();
            }
        });
    }
}
