package dev.waggle.auth.hivemq;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ConnectCheck;
import dev.waggle.auth.Standings;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.limit.Offences;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A real host with nothing but this module in it. */
final class TestBroker implements AutoCloseable {
    final int port;
    final ConcurrentLinkedQueue<String> connected = new ConcurrentLinkedQueue<>();
    private final EmbeddedHiveMQ host;

    /** @param verifier null: a host whose extension authenticates nobody */
    TestBroker(Path directory, @Nullable TokenVerifier verifier, AccessRules access) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("config.xml"), """
                <hivemq>
                  <listeners><tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                  <persistence><mode>in-memory</mode></persistence>
                </hivemq>
                """.formatted(port));
        host = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(conf)
                .withDataFolder(Files.createDirectories(directory.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("auth-test")
                        .withName("auth-test")
                        .withVersion("1")
                        .withExtensionMain(new Main(verifier, access))
                        .build())
                .withoutLoggingBootstrap()
                .build();
        InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
        host.start().join();
    }

    @Override
    public void close() {
        host.stop().join();
        try {
            host.close();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Main implements ExtensionMain, ClientLifecycleEventListener {
        private final @Nullable TokenVerifier verifier;
        private final AccessRules access;

        Main(@Nullable TokenVerifier verifier, AccessRules access) {
            this.verifier = verifier;
            this.access = access;
        }

        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            if (verifier == null) {
                return;
            }
            ChatAuthenticator authenticator =
                    new ChatAuthenticator(verifier, new ConnectCheck(access, Standings.UNREVOKED), Offences.UNCOUNTED);
            ChatAuthorizer authorizer = new ChatAuthorizer(access);
            Services.securityRegistry().setEnhancedAuthenticatorProvider(each -> authenticator);
            Services.securityRegistry().setAuthorizerProvider(each -> authorizer);
            Services.eventRegistry().setClientLifecycleEventListener(client -> this);
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}

        @Override
        public void onMqttConnectionStart(ConnectionStartInput input) {}

        @Override
        public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
            String clientId = input.getClientInformation().getClientId();
            IdentityAttribute.read(input.getConnectionInformation().getConnectionAttributeStore())
                    .ifPresent(identity ->
                            connected.add(clientId + " is " + identity.user() + " on " + identity.device()));
        }

        @Override
        public void onDisconnect(DisconnectEventInput input) {}
    }
}
