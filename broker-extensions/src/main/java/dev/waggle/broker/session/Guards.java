package dev.waggle.broker.session;

import dev.waggle.auth.Identity;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.auth.limit.Network;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.inbound.OverLimit;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.spec.message.Actor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What keeps one client from taking the place of others. Any thread.
 *
 * @param rates how often something may be done
 * @param bans who may not come at all for a while
 * @param journal what was refused
 * @param connections of one user at a time, at least 1
 * @param serviceConnections of one user with the role service, at least 1
 */
public record Guards(Rates rates, BanLadder bans, RefusalJournal journal, int connections, int serviceConnections) {
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int CONNECTION_RATE_EXCEEDED = 0x9F;
    private static final int BANNED = 0x8A;

    /** Before the token is looked at. @return null if a client may try */
    Welcome.@Nullable Out admit(String address) {
        Network network = Network.ofText(address);
        Duration banned = bans.remaining(network);
        if (!banned.isZero()) {
            return new Welcome.Out(BANNED, banned(banned));
        }
        OverLimit over = rates.takeConnect(network);
        return over == null
                ? null
                : new Welcome.Out(
                        CONNECTION_RATE_EXCEEDED, "too many connections from this address, " + over.message());
    }

    /** Readable: until when. */
    public static String banned(Duration rest) {
        return "this address is banned for " + Math.max(1, rest.toSeconds())
                + " s, for too many of its attempts were refused";
    }

    /**
     * The token is good. @return null if this connection may stay
     *
     * @param others connections that the user has besides, those of the same device left out
     */
    Welcome.@Nullable Out join(Profile client, long others) {
        Identity identity = client.identity();
        boolean service = identity.role() == Actor.Role.SERVICE;
        int most = service ? serviceConnections : connections;
        if (others >= most) {
            String limit = service ? "limits.service.connections" : "limits.connections.perUser";
            return new Welcome.Out(
                    QUOTA_EXCEEDED, "over " + limit + ": a user has at most " + most + " connections; close one");
        }
        OverLimit over = rates.takeDeviceConnect(client.clientId());
        return over == null
                ? null
                : new Welcome.Out(CONNECTION_RATE_EXCEEDED, "this device connects too often, " + over.message());
    }
}
