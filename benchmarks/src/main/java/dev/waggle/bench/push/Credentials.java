package dev.waggle.bench.push;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Made-up credentials for providers that are not there. */
public final class Credentials {
    private Credentials() {}

    /** A key as Apple gives it out. */
    public static Path apns(Path folder) {
        return write(folder.resolve("apns.p8"), pem("EC", 256));
    }

    /** A service account whose tokens come from a port of this machine. */
    public static Path fcm(Path folder, int tokenPort) {
        String key = pem("RSA", 2_048).replace("\n", "\\n");
        return write(
                folder.resolve("fcm.json"),
                "{\"type\":\"service_account\",\"project_id\":\"bench\",\"private_key_id\":\"k1\",\"private_key\":\""
                        + key
                        + "\",\"client_email\":\"bench@bench.iam.gserviceaccount.com\",\"token_uri\":\"http://127.0.0.1:"
                        + tokenPort + "/token\"}");
    }

    public static Path secret(Path folder) {
        return write(folder.resolve("webhook.secret"), "a secret of at least thirty-two bytes\n");
    }

    private static String pem(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
