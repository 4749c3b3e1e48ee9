package dev.waggle.auth;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.topic.TopicFilters;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * May this identity connect like this? Decides before the host takes over a connection of the same client id, so that
 * nobody ends or inherits a session of somebody else (MQTT 5 §5.4.2). Reason codes are those of MQTT 5 CONNACK
 * (§3.2.2.2); the host maps them for 3.1.1. Any thread.
 */
public final class ConnectCheck {
    public static final int UNSUPPORTED_VERSION = 0x84;
    public static final int CLIENT_ID_NOT_VALID = 0x85;
    public static final int NOT_AUTHORIZED = 0x87;
    public static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    public static final int TOPIC_NAME_INVALID = 0x90;

    /**
     * Authentication methods of MQTT 5 (§4.12) whose data is a token, as in the password. The first is the name that other
     * MQTT services use.
     */
    public static final Set<String> METHODS = Set.of("OAUTH2-JWT", "JWT");

    /** Of client ids of clients without a token. */
    public static final String ANONYMOUS_PREFIX = "anon-";

    private static final Pattern ANONYMOUS_ID = Pattern.compile(ANONYMOUS_PREFIX + "[A-Za-z0-9_-]{1,64}");

    private final AccessRules access;
    private final Standings standings;
    private final boolean anonymous;

    /** Nobody is let in without a token; see {@link #ConnectCheck(AccessRules, Standings, boolean)}. */
    public ConnectCheck(AccessRules access, Standings standings) {
        this(access, standings, false);
    }

    /**
     * @param standings asked here too, for only the client id tells on which device a token without one is used
     * @param anonymous true: clients without a token are let in, as {@link Roles#ANONYMOUS}
     */
    public ConnectCheck(AccessRules access, Standings standings, boolean anonymous) {
        this.anonymous = anonymous;
        this.access = access;
        this.standings = standings;
    }

    /** What can be refused without looking at the token; null if nothing. */
    public Verdict.@Nullable Denied beforeToken(ConnectRequest connect) {
        if (connect.version() == ConnectRequest.Version.MQTT_3_1) {
            return new Verdict.Denied(UNSUPPORTED_VERSION, "MQTT 3.1 is not supported: use 3.1.1 or 5");
        }
        String method = connect.authenticationMethod();
        if (method != null && !METHODS.contains(method)) {
            return new Verdict.Denied(
                    BAD_AUTHENTICATION_METHOD,
                    "the authentication method must be OAUTH2-JWT or JWT; or send the token as the password");
        }
        if (connect.clientId().isEmpty()) {
            return new Verdict.Denied(CLIENT_ID_NOT_VALID, "the client id must not be empty: it is {user}.{device}");
        }
        if (!connect.tokenGiven() && (method != null || !anonymous)) {
            return new Verdict.Denied(
                    NOT_AUTHORIZED,
                    method == null ? "no token: send it as the password" : "no token: send it as authentication data");
        }
        return null;
    }

    /** The identity of a good token, with the device that the client id names; or why it may not connect like this. */
    public Verdict admit(Identity identity, ConnectRequest connect) {
        return client(identity, connect.clientId())
                .fold(
                        known -> {
                            Verdict.Denied userName = userName(known, connect.userName());
                            if (userName != null) {
                                return userName;
                            }
                            Verdict.Denied will = will(known, connect.will());
                            return will != null ? will : standings.of(known).admit(known);
                        },
                        reason -> new Verdict.Denied(CLIENT_ID_NOT_VALID, reason));
    }

    /**
     * Without a token, where that is allowed. The client id begins with {@value #ANONYMOUS_PREFIX}, which no token's client
     * id does and no device's, so nobody who has a token can lose a connection to one who has none.
     *
     * @param network where it comes from: its address, or the /64 network of that
     */
    public Verdict admitAnonymous(ConnectRequest connect, String network) {
        if (!ANONYMOUS_ID.matcher(connect.clientId()).matches()) {
            return new Verdict.Denied(
                    CLIENT_ID_NOT_VALID,
                    "without a token the client id must be " + ANONYMOUS_PREFIX + " and 1 to 64 of A-Z a-z 0-9 _ -");
        }
        String userName = connect.userName();
        if (userName != null && !userName.isEmpty()) {
            return new Verdict.Denied(CLIENT_ID_NOT_VALID, "without a token the user name must be empty or absent");
        }
        if (connect.kept()) {
            return new Verdict.Denied(
                    NOT_AUTHORIZED,
                    "without a token a session ends with its connection: Session Expiry 0, clean session 1");
        }
        Identity nobody = Identity.anonymous(connect.clientId(), network);
        Verdict.Denied will = will(nobody, connect.will());
        return will != null ? will : new Verdict.Granted(nobody);
    }

    /**
     * A new token on a live connection (MQTT 5 §4.12.1): it must speak for the same user, device and agent, for what the
     * connection has sent and subscribed stands in their names.
     *
     * @param current of the connection
     * @param renewed of the new token, which is good
     */
    public Verdict renew(Identity current, Identity renewed, String clientId) {
        return client(renewed, clientId)
                .fold(
                        known -> isSame(current, known)
                                ? standings.of(known).admit(known)
                                : new Verdict.Denied(NOT_AUTHORIZED, "the new token is not for " + clientId),
                        reason -> new Verdict.Denied(NOT_AUTHORIZED, reason));
    }

    private static boolean isSame(Identity one, Identity other) {
        return one.user().equals(other.user())
                && Objects.equals(one.device(), other.device())
                && Objects.equals(one.agent(), other.agent());
    }

    private static Parsed<Identity> client(Identity identity, String clientId) {
        if (identity.clientId() != null) {
            return clientId.equals(identity.clientId())
                    ? Parsed.ok(identity.on(null))
                    : Parsed.bad("the client id must be " + identity.clientId() + ", which the token names");
        }
        String prefix = identity.user() + ".";
        DeviceId bound = identity.device();
        if (bound != null) {
            return clientId.equals(prefix + bound)
                    ? Parsed.ok(identity)
                    : Parsed.bad("the client id must be " + prefix + bound + ": the token is for that device");
        }
        Parsed<DeviceId> named = clientId.startsWith(prefix)
                ? DeviceId.parse(clientId.substring(prefix.length()))
                : Parsed.bad("another user");
        return named.fold(
                device -> Parsed.ok(identity.on(device)),
                reason -> Parsed.bad("the client id must be " + prefix + "{device}, the device [A-Za-z0-9_-]{1,"
                        + DeviceId.MAX_LENGTH + "}"));
    }

    private static Verdict.@Nullable Denied userName(Identity identity, @Nullable String userName) {
        boolean fits = userName == null
                || userName.isEmpty()
                || userName.equals(identity.user().value());
        return fits
                ? null
                : new Verdict.Denied(
                        CLIENT_ID_NOT_VALID, "the user name must be " + identity.user() + ", empty or absent");
    }

    private Verdict.@Nullable Denied will(Identity identity, ConnectRequest.@Nullable Will will) {
        if (will == null) {
            return null;
        }
        String topic = will.topic();
        if (ChatAccessRules.isChat(topic)) {
            return new Verdict.Denied(
                    TOPIC_NAME_INVALID, "a will under u/ is not supported: presence is kept by the broker");
        }
        if (!TopicFilters.name(topic, TopicFilters.MAX_BYTES).isOk()) {
            return new Verdict.Denied(TOPIC_NAME_INVALID, "the will topic is no topic name");
        }
        return access.publish(identity, topic, will.qos(), will.retain()) instanceof Access.Refused refused
                ? new Verdict.Denied(refused.reasonCode(), "will: " + refused.reason())
                : null;
    }
}
