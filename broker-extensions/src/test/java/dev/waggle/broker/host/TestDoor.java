package dev.waggle.broker.host;

import com.hivemq.extension.sdk.api.auth.EnhancedAuthenticator;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthConnectInput;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.direct.DirectGateway;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Lets in who says the password {@code secret}; the identity is the client id {@code user.device}. */
public final class TestDoor implements EnhancedAuthenticator, SubscriptionAuthorizer {

    public static HostExtensions extensions() {
        return new HostExtensions(input -> new TestDoor(), input -> new TestDoor(), null, null);
    }

    public static Identity identity(ByteBuffer attribute) {
        return identity(StandardCharsets.UTF_8.decode(attribute).toString());
    }

    public static Identity identity(String clientId) {
        String[] parts = clientId.split("\\.", 2);
        return new Identity(
                new UserId(parts[0]),
                parts.length == 2 ? new DeviceId(parts[1]) : null,
                null,
                null,
                Actor.Role.USER,
                "waggle:local",
                0,
                Long.MAX_VALUE,
                "token");
    }

    @Override
    public void onConnect(EnhancedAuthConnectInput input, EnhancedAuthOutput output) {
        String password = input.getConnectPacket()
                .getPassword()
                .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
                .orElse("");
        if (!password.equals("secret")) {
            output.failAuthentication("the password is secret");
            return;
        }
        input.getConnectionInformation()
                .getConnectionAttributeStore()
                .putAsString(
                        DirectGateway.IDENTITY_ATTRIBUTE,
                        input.getConnectPacket().getClientId());
        output.authenticateSuccessfully();
    }

    @Override
    public void onAuth(EnhancedAuthInput input, EnhancedAuthOutput output) {
        output.failAuthentication();
    }

    @Override
    public void authorizeSubscribe(SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
        output.authorizeSuccessfully();
    }
}
