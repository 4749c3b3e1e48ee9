package dev.waggle.broker.session;

import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From the host's yes to the CONNACK: the device's record is opened in the store. The connection may end meanwhile; a
 * record that was opened is then closed all the same.
 */
final class Opening {
    private static final long PATIENCE_MILLIS = 1_000;
    private static final int SERVER_UNAVAILABLE = 0x88;
    private static final int SERVER_BUSY = 0x89;
    private static final int SETTLED = 1;
    private static final int GONE = 2;

    private final ChatSession session;
    private final SessionDoors doors;
    private final Profile profile;
    private final DeviceId device;
    private final Consumer<Welcome> answer;
    private final long since;
    private final AtomicInteger marks = new AtomicInteger();
    private volatile Reply.@Nullable SessionOpened reply;
    private boolean submitted;
    private boolean answered;

    Opening(ChatSession session, SessionDoors doors, Profile profile, DeviceId device, Consumer<Welcome> answer) {
        this.session = session;
        this.doors = doors;
        this.profile = profile;
        this.device = device;
        this.answer = answer;
        this.since = doors.clock().millis();
    }

    /** Hands the command on; again at each tick while the lane is full. */
    @RunsOn("connection")
    void work() {
        if (submitted || answered) {
            return;
        }
        Command open = new Command.OpenSession(
                user(),
                device,
                profile.cleanStart(),
                profile.sessionExpirySeconds(),
                doors.bootedAt(),
                doors.clock().millis());
        submitted = doors.store().submit(session.source(), open, this::settled);
        if (!submitted && doors.clock().millis() - since > PATIENCE_MILLIS) {
            refuse(SERVER_BUSY, "the server is overloaded, try again later");
        }
    }

    boolean isWaiting() {
        return !submitted && !answered;
    }

    @RunsOn("committer")
    private void settled(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted && accepted.reply() instanceof Reply.SessionOpened opened) {
            reply = opened;
            if ((marks.getAndUpdate(before -> before | SETTLED) & GONE) != 0) {
                closeUnused(opened);
                return;
            }
        }
        session.errands().add(() -> decided(outcome));
    }

    @RunsOn("connection")
    private void decided(Outcome outcome) {
        if (answered) {
            return;
        }
        Reply.SessionOpened opened = reply;
        if (opened != null) {
            answered = true;
            List<Filter> hostFilters = session.opened(opened);
            answer.accept(new Welcome.In(opened.present(), opened.waiting(), hostFilters));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            refuse(rejected.rejection().mqttReason(), quotaReason(rejected.rejection()));
        } else {
            refuse(SERVER_UNAVAILABLE, "the store is not available, try again later");
        }
    }

    private static String quotaReason(Rejection rejection) {
        return rejection.refusal() == Refusal.QUOTA && !rejection.message().contains("device.forget")
                ? rejection.message() + "; forget one with device.forget"
                : rejection.message();
    }

    private void refuse(int reasonCode, String reason) {
        answered = true;
        answer.accept(new Welcome.Out(reasonCode, reason));
    }

    /** The connection has ended. True if the session came to be and is to be closed by the caller. */
    @RunsOn("connection")
    boolean gone() {
        if ((marks.getAndUpdate(before -> before | GONE) & SETTLED) == 0) {
            answered = true;
            return false;
        }
        Reply.SessionOpened opened = reply;
        if (!answered && opened != null) {
            answered = true;
            closeUnused(opened);
            return false;
        }
        return true;
    }

    private void closeUnused(Reply.SessionOpened opened) {
        if (opened.epoch() > 0) {
            DeviceProgress progress = opened.progress();
            long expiry = profile.sessionExpirySeconds();
            doors.closes()
                    .add(new Command.CloseSession(
                            user(),
                            device,
                            opened.epoch(),
                            expiry,
                            progress,
                            List.of(),
                            Map.of(),
                            opened.marksAt(),
                            doors.clock().millis()));
        }
    }

    private UserId user() {
        return profile.identity().user();
    }
}
