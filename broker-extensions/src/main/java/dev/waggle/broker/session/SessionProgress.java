package dev.waggle.broker.session;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.outbound.Outflow;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Ticket;
import org.jspecify.annotations.Nullable;

/** Tells the store how far the device has come: now and then while it is here, and at the end. */
@RunsOn("connection")
final class SessionProgress {
    /** Lost only means repeated. */
    private static final Ticket NOBODY = outcome -> {};

    private final Connection connection;
    private final Profile profile;
    private final Outflow outflow;
    private final SessionDoors doors;
    private Reply.@Nullable SessionOpened opened;
    private long expirySeconds;

    SessionProgress(Connection connection, Outflow outflow, SessionDoors doors) {
        this.connection = connection;
        this.profile = connection.profile();
        this.outflow = outflow;
        this.doors = doors;
        this.expirySeconds = profile.sessionExpirySeconds();
    }

    void opened(Reply.SessionOpened reply) {
        opened = reply;
    }

    /** MQTT 5 §3.14.2.2.2: a session that was to end with the connection cannot be prolonged. */
    void disconnecting(@Nullable Long override) {
        if (override != null && expirySeconds > 0) {
            expirySeconds = Math.min(override, doors.limits().sessionExpiry().toSeconds());
        }
    }

    /** Moves the cursor, if the lane takes it; else the next tick does. */
    void flush() {
        Reply.SessionOpened session = opened;
        DeviceId device = profile.identity().device();
        DeviceProgress progress = outflow.hasNews() ? outflow.progress() : null;
        if (session == null || device == null || progress == null) {
            return;
        }
        Command move = new Command.MoveCursor(
                profile.identity().user(),
                device,
                session.epoch(),
                progress,
                outflow.delivered(),
                doors.clock().millis());
        if (doors.store().submit(connection, move, NOBODY)) {
            outflow.told();
        }
    }

    /** The connection has ended. */
    void close() {
        Reply.SessionOpened session = opened;
        DeviceId device = profile.identity().device();
        if (session == null || device == null) {
            return;
        }
        DeviceProgress progress = outflow.progress();
        if (session.epoch() > 0 || !outflow.delivered().isEmpty()) {
            doors.closes()
                    .add(new Command.CloseSession(
                            profile.identity().user(),
                            device,
                            session.epoch(),
                            expirySeconds,
                            progress == null ? session.progress() : progress,
                            outflow.unacknowledged(),
                            outflow.delivered(),
                            outflow.marksKnownUntil(doors.clock().millis()),
                            doors.clock().millis()));
        }
    }
}
