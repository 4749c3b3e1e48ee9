package dev.waggle.broker.http;

import dev.waggle.auth.Verdict;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.auth.limit.Network;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.broker.session.Guards;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where requests come from before it is known who makes them: counted on the same ladder as MQTT connections. */
public final class Strangers {
    private static final int UNAUTHORIZED = 401;

    private final BanLadder bans;
    private final RefusalJournal journal;

    public Strangers(BanLadder bans, RefusalJournal journal) {
        this.bans = bans;
        this.journal = journal;
    }

    /** The answer to a request from an address that is banned; null if it is not. */
    @Nullable
    HttpAnswer banned(HttpRequest request) {
        Duration rest = bans.remaining(Network.ofText(request.address()));
        return rest.isZero() ? null : HttpAnswer.comeAgain(rest, Guards.banned(rest));
    }

    /** A token was refused. */
    void refused(HttpRequest request, Verdict.Denied denied) {
        bans.refused(Network.ofText(request.address()), denied);
        journal.request(request.address(), UNAUTHORIZED, denied.reason());
    }

    /** A password or an invitation was wrong, or too many were tried. */
    void guessed(HttpRequest request, int status) {
        String reason = request.path() + " with wrong credentials";
        bans.offence(Network.ofText(request.address()), reason);
        journal.request(request.address(), status, reason);
    }
}
