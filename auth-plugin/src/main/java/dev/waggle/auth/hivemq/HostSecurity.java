package dev.waggle.auth.hivemq;

import com.hivemq.extension.sdk.api.services.auth.SecurityRegistry;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ConnectCheck;
import dev.waggle.auth.TokenVerifier;

/**
 * Puts authenticator and authorizer into the host. To be called in {@code extensionStart}; the host must also deny clients
 * that nobody authenticated, which its embedded builder switches off.
 */
public final class HostSecurity {
    private HostSecurity() {}

    public static void install(SecurityRegistry registry, TokenVerifier verifier, AccessRules access) {
        ChatAuthenticator authenticator = new ChatAuthenticator(verifier, new ConnectCheck(access));
        ChatAuthorizer authorizer = new ChatAuthorizer(access);
        registry.setEnhancedAuthenticatorProvider(input -> authenticator);
        registry.setAuthorizerProvider(input -> authorizer);
    }
}
