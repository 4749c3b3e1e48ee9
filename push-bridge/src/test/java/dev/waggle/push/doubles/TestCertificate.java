package dev.waggle.push.doubles;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A self-signed certificate for localhost and push.test, made by the JDK's keytool: for the doubles, and for who is to trust them. */
public final class TestCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store = KeyStore.getInstance("PKCS12");
    private final Path pem;
    private final SSLContext trusting;
    private final SSLContext context;

    public TestCertificate(Path folder) throws Exception {
        Path file = folder.resolve("double.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost,dns:push.test",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        pem = Files.writeString(
                folder.resolve("double.pem"), pem("CERTIFICATE", certificate().getEncoded()));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        trusting = context(null);
        context = context(keys.getKeyManagers());
    }

    public X509Certificate certificate() throws Exception {
        return (X509Certificate) store.getCertificate("it");
    }

    public PrivateKey key() throws Exception {
        return (PrivateKey) store.getKey("it", PASSWORD);
    }

    /** For whoever is to trust it. */
    public Path pem() {
        return pem;
    }

    /** Trusts it, and nothing else. */
    public SSLContext trusting() {
        return trusting;
    }

    /** The same, and has it. */
    public SSLContext context() {
        return context;
    }

    private SSLContext context(KeyManager @Nullable [] keys) throws Exception {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("double", certificate());
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, managers.getTrustManagers(), new SecureRandom());
        return context;
    }

    public static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
