package dev.waggle.broker.gateway.direct;

import com.hivemq.extension.sdk.api.auth.EnhancedAuthenticator;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthConnectInput;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.EnhancedAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.client.parameter.Listener;
import com.hivemq.extension.sdk.api.parameter.ClientBasedInput;
import com.hivemq.extension.sdk.api.services.auth.provider.AuthorizerProvider;
import com.hivemq.extension.sdk.api.services.auth.provider.EnhancedAuthenticatorProvider;

/**
 * Lets the self-test's client in without a token. It comes by a listener inside the process that is bound to no socket
 * and closed after the test, so no other client can pass here.
 */
public final class SelfTestDoor implements EnhancedAuthenticator, SubscriptionAuthorizer {
    static final String LISTENER = "self-test";

    private SelfTestDoor() {}

    /** The authenticators, but for the self-test. */
    public static EnhancedAuthenticatorProvider before(EnhancedAuthenticatorProvider authenticators) {
        return input -> isSelfTest(input) ? new SelfTestDoor() : authenticators.getEnhancedAuthenticator(input);
    }

    /** The authorizers, but for the self-test. */
    public static AuthorizerProvider before(AuthorizerProvider authorizers) {
        return input -> isSelfTest(input) ? new SelfTestDoor() : authorizers.getAuthorizer(input);
    }

    private static boolean isSelfTest(ClientBasedInput input) {
        return input.getConnectionInformation()
                .getListener()
                .map(Listener::getName)
                .filter(LISTENER::equals)
                .isPresent();
    }

    @Override
    public void onConnect(EnhancedAuthConnectInput input, EnhancedAuthOutput output) {
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
