package dev.waggle.push.apns;

import dev.waggle.push.doubles.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;

/** A signing key as Apple gives it out, and settings that use it. */
public record AppleAccount(KeyPair pair, Path keyFile) {
    public static final String KEY_ID = "ABC123DEFG";
    public static final String TEAM_ID = "TEAM123456";
    public static final String TOPIC = "dev.waggle.app";
    public static final String VOIP = TOPIC + ".voip";

    public static AppleAccount in(Path folder) throws Exception {
        KeyPair pair = pair("secp256r1");
        Path file = folder.resolve("AuthKey_" + KEY_ID + ".p8");
        Files.writeString(
                file, TestCertificate.pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        return new AppleAccount(pair, file);
    }

    static KeyPair pair(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    /** For servers on this machine. */
    public ApnsSettings settings(TestCertificate trusted, int production, int sandbox, Duration limit) {
        return new ApnsSettings(
                keyFile,
                KEY_ID,
                TEAM_ID,
                List.of(TOPIC, VOIP),
                new ApnsSettings.Server("localhost", production),
                new ApnsSettings.Server("localhost", sandbox),
                trusted.pem(),
                1,
                limit,
                ApnsSettings.AFTER_SERVER_ERROR);
    }
}
