package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.host.HostTls;
import dev.waggle.broker.http.HttpTls;
import dev.waggle.broker.tls.KeyStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import javax.inject.Singleton;

/** The certificate, if there is one, for the host's listeners and for HTTP. */
@Module
interface TlsModule {

    @Provides
    @Singleton
    static Optional<KeyStores> keyStores(WaggleConfig config, InstantSource clock, SecureRandom random) {
        WaggleConfig.Tls tls = config.tls();
        if (tls == null) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createDirectories(config.data().resolve(DoorsModule.HOST_FOLDER));
            return Optional.of(new KeyStores(tls.files(), folder, clock, random));
        } catch (IOException | IllegalArgumentException failure) {
            throw new Unusable("TLS cannot be had: " + failure.getMessage(), failure);
        }
    }

    @Provides
    @Singleton
    static Optional<HostTls> host(WaggleConfig config, Optional<KeyStores> stores) {
        WaggleConfig.Tls tls = config.tls();
        return tls == null
                ? Optional.empty()
                : stores.map(keys -> new HostTls(
                        tls.bind(),
                        tls.mqttPort(),
                        tls.wsPort(),
                        keys.keys(),
                        keys.authorities(),
                        keys.password(),
                        tls.clientCertificateRequired()));
    }

    @Provides
    @Singleton
    static Optional<HttpTls> http(WaggleConfig config, Optional<KeyStores> stores) {
        WaggleConfig.Tls tls = config.tls();
        return tls == null
                ? Optional.empty()
                : stores.map(keys ->
                        new HttpTls(tls.bind(), tls.httpPort(), keys.keys(), keys.authorities(), keys.password()));
    }
}
