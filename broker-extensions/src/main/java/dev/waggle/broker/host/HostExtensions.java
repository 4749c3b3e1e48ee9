package dev.waggle.broker.host;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListenerProvider;
import com.hivemq.extension.sdk.api.services.auth.provider.AuthorizerProvider;
import com.hivemq.extension.sdk.api.services.auth.provider.EnhancedAuthenticatorProvider;
import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ConnectCheck;
import dev.waggle.auth.Standings;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.hivemq.ChatAuthenticator;
import dev.waggle.auth.hivemq.ChatAuthorizer;
import dev.waggle.auth.hivemq.DeliveryFence;
import dev.waggle.auth.limit.Offences;
import org.jspecify.annotations.Nullable;

/**
 * What the host asks through its public extension interface.
 *
 * @param authenticators decide who may connect; they must leave the identity in the connection's attributes
 * @param authorizers decide on subscriptions and wills
 * @param events told of connects and disconnects, or null
 * @param clients adds to each client what is to see its packets, or null
 */
public record HostExtensions(
        EnhancedAuthenticatorProvider authenticators,
        AuthorizerProvider authorizers,
        @Nullable ClientLifecycleEventListenerProvider events,
        @Nullable ClientInitializer clients) {

    /**
     * Tokens are verified at CONNECT, and asked for their standing; subscriptions, wills and the host's deliveries are
     * decided by the access rule.
     *
     * @param anonymous true: clients without a token are let in, for what the rules open to them
     */
    public static HostExtensions securedBy(
            TokenVerifier verifier, AccessRules access, Standings standings, Offences offences, boolean anonymous) {
        ChatAuthenticator authenticator =
                new ChatAuthenticator(verifier, new ConnectCheck(access, standings, anonymous), offences);
        ChatAuthorizer authorizer = new ChatAuthorizer(access);
        DeliveryFence fence = new DeliveryFence(access);
        return new HostExtensions(
                input -> authenticator,
                input -> authorizer,
                null,
                (input, client) -> client.addPublishOutboundInterceptor(fence));
    }
}
