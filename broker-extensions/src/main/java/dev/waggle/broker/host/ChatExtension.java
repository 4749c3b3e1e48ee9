package dev.waggle.broker.host;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import dev.waggle.broker.gateway.direct.SelfTestDoor;
import org.jspecify.annotations.Nullable;

/** The one extension of the embedded host. The host swallows what its start throws, so it is kept here for the starter. */
final class ChatExtension implements ExtensionMain {
    private final HostExtensions extensions;
    private volatile @Nullable HostServices services;
    private volatile @Nullable RuntimeException failure;

    ChatExtension(HostExtensions extensions) {
        this.extensions = extensions;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        try {
            Services.securityRegistry()
                    .setEnhancedAuthenticatorProvider(SelfTestDoor.before(extensions.authenticators()));
            Services.securityRegistry().setAuthorizerProvider(SelfTestDoor.before(extensions.authorizers()));
            if (extensions.events() != null) {
                Services.eventRegistry().setClientLifecycleEventListener(extensions.events());
            }
            if (extensions.clients() != null) {
                Services.initializerRegistry().setClientInitializer(extensions.clients());
            }
            services = new HostServices(
                    Services.clientService(),
                    Services.subscriptionStore(),
                    Services.publishService(),
                    Services.retainedMessageStore());
        } catch (RuntimeException e) {
            failure = e;
            output.preventExtensionStartup(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}

    /** @throws RuntimeException what went wrong in {@link #extensionStart} */
    HostServices started() {
        if (failure != null) {
            throw failure;
        }
        HostServices captured = services;
        if (captured == null) {
            throw new IllegalStateException("the host did not start its embedded extension");
        }
        return captured;
    }
}
