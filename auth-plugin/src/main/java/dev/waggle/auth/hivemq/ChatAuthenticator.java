package dev.waggle.auth.hivemq;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.EnhancedAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthConnectInput;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthOutput;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import dev.waggle.auth.CertificateDigest;
import dev.waggle.auth.ConnectCheck;
import dev.waggle.auth.ConnectRequest;
import dev.waggle.auth.Identity;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.Verdict;
import dev.waggle.auth.limit.Network;
import dev.waggle.auth.limit.Offences;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for every CONNECT, of all versions, and every re-authentication: is the token good, and may its bearer connect like this? Runs before the host
 * looks for another connection with the client id. Until the answer, and if there is none, the client is not in. One
 * object serves all clients; host extension threads call it and are never held.
 */
public final class ChatAuthenticator implements EnhancedAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(ChatAuthenticator.class);

    /** Far longer than the full queue of the verification pool takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TokenVerifier verifier;
    private final ConnectCheck check;
    private final Offences offences;

    /** @param offences told of what is refused, with where it comes from */
    public ChatAuthenticator(TokenVerifier verifier, ConnectCheck check, Offences offences) {
        this.verifier = verifier;
        this.check = check;
        this.offences = offences;
    }

    @Override
    public void onConnect(EnhancedAuthConnectInput input, EnhancedAuthOutput output) {
        ConnectPacket packet = input.getConnectPacket();
        ConnectionInformation connection = input.getConnectionInformation();
        SecondFence.close(output.getDefaultPermissions());
        String token = packet.getAuthenticationMethod().isPresent()
                ? packet.getAuthenticationData().map(ChatAuthenticator::text).orElse("")
                : packet.getPassword().map(ChatAuthenticator::text).orElse("");
        ConnectRequest request = request(packet, !token.isEmpty());
        Verdict.Denied refused = check.beforeToken(request);
        if (refused != null) {
            decide(refused, connection, output, ReasonCodes::connack, packet);
            return;
        }
        if (token.isEmpty()) {
            decide(
                    check.admitAnonymous(request, network(connection).text()),
                    connection,
                    output,
                    ReasonCodes::connack,
                    packet);
            return;
        }
        verify(token, identity -> check.admit(identity, request), connection, output, ReasonCodes::connack, packet);
    }

    /** One message is all a token takes: nobody was asked to continue. */
    @Override
    public void onAuth(EnhancedAuthInput input, EnhancedAuthOutput output) {
        output.failAuthentication(
                DisconnectedReasonCode.PROTOCOL_ERROR, "an AUTH must be a re-authentication (0x19) with a new token");
    }

    /**
     * A new token on a live connection. The host has checked that the method is that of the CONNECT. If the token is not
     * good, the connection ends (MQTT 5 §4.12.1).
     */
    @Override
    public void onReAuth(EnhancedAuthInput input, EnhancedAuthOutput output) {
        ConnectionInformation connection = input.getConnectionInformation();
        SecondFence.close(output.getDefaultPermissions());
        String token = input.getAuthPacket()
                .getAuthenticationData()
                .map(ChatAuthenticator::text)
                .orElse("");
        Optional<Identity> current = IdentityAttribute.read(connection.getConnectionAttributeStore());
        if (token.isEmpty() || current.isEmpty()) {
            output.failAuthentication(DisconnectedReasonCode.NOT_AUTHORIZED, "no token in the AUTH");
            return;
        }
        String clientId = input.getClientInformation().getClientId();
        verify(
                token,
                renewed -> check.renew(current.get(), renewed, clientId),
                connection,
                output,
                ReasonCodes::disconnect,
                null);
    }

    private void verify(
            String token,
            Function<Identity, Verdict> admit,
            ConnectionInformation connection,
            EnhancedAuthOutput output,
            IntFunction<DisconnectedReasonCode> codes,
            @Nullable ConnectPacket connect) {
        Async<EnhancedAuthOutput> pending = output.async(
                PATIENCE,
                TimeoutFallback.FAILURE,
                DisconnectedReasonCode.SERVER_BUSY,
                "server busy: the token was not checked in time, try again later");
        // The stage ends with a verdict or, by a bug, with an exception; a connection must not wait for either in vain.
        var unused = verifier.verify(token, certificate(connection))
                .thenApply(verdict -> verdict.fold(admit, denied -> denied))
                .whenComplete((verdict, failure) -> {
                    try {
                        Verdict known = failure == null ? verdict : failed(failure);
                        decide(known, connection, pending.getOutput(), codes, connect);
                    } catch (RuntimeException e) {
                        if (pending.getStatus() == Async.Status.RUNNING) {
                            LOG.error("an answer to a CONNECT or AUTH could not be given: a bug", e);
                        } else {
                            LOG.debug("the answer to a CONNECT or AUTH came after its time-out");
                        }
                    } finally {
                        pending.resume();
                    }
                });
    }

    private void decide(
            Verdict verdict,
            ConnectionInformation connection,
            EnhancedAuthOutput output,
            IntFunction<DisconnectedReasonCode> codes,
            @Nullable ConnectPacket connect) {
        if (verdict instanceof Verdict.Granted granted) {
            Identity identity = granted.identity();
            IdentityAttribute.write(connection.getConnectionAttributeStore(), identity);
            if (connect != null) {
                connect.getWillPublish().ifPresent(will -> SecondFence.openFor(will, output.getDefaultPermissions()));
            }
            output.authenticateSuccessfully();
            LOG.debug("granted: user {} device {} token {}", identity.user(), identity.device(), identity.tokenId());
        } else if (verdict instanceof Verdict.Denied denied) {
            output.failAuthentication(codes.apply(denied.reasonCode()), denied.reason());
            offences.refused(network(connection), denied);
            LOG.debug("refused: 0x{} {}", Integer.toHexString(denied.reasonCode()), denied.reason());
        }
    }

    private static Network network(ConnectionInformation connection) {
        return connection.getInetAddress().map(Network::of).orElse(Network.UNKNOWN);
    }

    /** Of the client, which has proved in the handshake that it holds the key; null if it showed none. */
    private static @Nullable CertificateDigest certificate(ConnectionInformation connection) {
        return connection
                .getClientTlsInformation()
                .flatMap(ClientTlsInformation::getClientCertificate)
                .map(CertificateDigest::of)
                .orElse(null);
    }

    private static Verdict failed(Throwable failure) {
        LOG.error("a token could not be checked: a bug; the connection was refused", failure);
        return new Verdict.Denied(0x80, "the token could not be checked");
    }

    private static ConnectRequest request(ConnectPacket packet, boolean tokenGiven) {
        return new ConnectRequest(
                version(packet.getMqttVersion()),
                packet.getClientId(),
                packet.getUserName().orElse(null),
                tokenGiven,
                packet.getAuthenticationMethod().orElse(null),
                packet.getWillPublish()
                        .map(will -> new ConnectRequest.Will(
                                will.getTopic(), will.getQos().getQosNumber(), will.getRetain()))
                        .orElse(null),
                packet.getSessionExpiryInterval() > 0);
    }

    private static ConnectRequest.Version version(MqttVersion version) {
        return switch (version) {
            case V_3_1 -> ConnectRequest.Version.MQTT_3_1;
            case V_3_1_1 -> ConnectRequest.Version.MQTT_3_1_1;
            case V_5 -> ConnectRequest.Version.MQTT_5;
        };
    }

    /** Byte by byte: what is no ASCII fails the alphabet of a token, whatever encoding it was meant in. */
    private static String text(ByteBuffer password) {
        return StandardCharsets.ISO_8859_1.decode(password.duplicate()).toString();
    }
}
