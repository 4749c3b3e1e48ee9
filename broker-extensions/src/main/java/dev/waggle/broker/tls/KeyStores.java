package dev.waggle.broker.tls;

import dev.waggle.spec.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key stores that listeners read, in a folder of the data directory, made from the operator's PEM files at the start
 * and whenever those change. Files that cannot be used are reported and the last good ones serve on. One thread calls
 * {@link #refresh}; the rest may be asked by any.
 */
public final class KeyStores {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStores.class);
    /** A renewal that did not come is noticed while there is time to ask why. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final String FORMAT = "PKCS12";

    private final TlsFiles files;
    private final Path folder;
    private final InstantSource clock;
    /** Of this process alone: the folder is readable by its owner, who can read the PEM files too. */
    private final String password;

    private String seen = "";
    private long nextWarning;

    /**
     * @param folder that of the host; exists
     * @throws IllegalArgumentException if the files cannot be used; the message says which and why
     */
    public KeyStores(TlsFiles files, Path folder, InstantSource clock, SecureRandom random) throws IOException {
        this.files = files;
        this.folder = folder;
        this.clock = clock;
        byte[] secret = new byte[24];
        random.nextBytes(secret);
        this.password = HexFormat.of().formatHex(secret);
        String problem = load(fingerprint());
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    public Path keys() {
        return folder.resolve("tls-key.p12");
    }

    /** Whose client certificates are taken, or null. */
    public @Nullable Path authorities() {
        return files.clientAuthorities() == null ? null : folder.resolve("tls-authorities.p12");
    }

    public String password() {
        return password;
    }

    /**
     * Looks whether the files have changed; cheap.
     *
     * @return true if there are new stores
     */
    public boolean refresh() {
        try {
            String now = fingerprint();
            if (now.equals(seen)) {
                return false;
            }
            String problem = load(now);
            if (problem == null) {
                LOG.info("the certificate in {} is in use", files.certificate());
                return true;
            }
            warn(problem);
        } catch (IOException unreadable) {
            warn(unreadable.toString());
        }
        return false;
    }

    private void warn(String problem) {
        long now = clock.millis();
        if (now >= nextWarning) {
            nextWarning = now + Duration.ofMinutes(10).toMillis();
            LOG.warn("the certificate is not renewed, the last good one serves on: {}", problem);
        }
    }

    /** @return why the files cannot be used, or null */
    private @Nullable String load(String fingerprint) throws IOException {
        Parsed<ServerCertificate> read = ServerCertificate.read(files.certificate(), files.key());
        if (read instanceof Parsed.Bad<ServerCertificate> bad) {
            return bad.reason();
        }
        ServerCertificate certificate = read.get();
        List<X509Certificate> authorities = List.of();
        Path authoritiesFile = files.clientAuthorities();
        if (authoritiesFile != null) {
            Parsed<List<X509Certificate>> trusted = ServerCertificate.certificates(authoritiesFile);
            if (trusted instanceof Parsed.Bad<List<X509Certificate>> bad) {
                return bad.reason();
            }
            authorities = trusted.get();
        }
        if (certificate.notAfter().isBefore(clock.instant().plus(SOON))) {
            LOG.warn("the certificate in {} ends at {}", files.certificate(), certificate.notAfter());
        }
        try {
            KeyStore keys = empty();
            keys.setKeyEntry(
                    "server",
                    certificate.key(),
                    password.toCharArray(),
                    certificate.chain().toArray(X509Certificate[]::new));
            replace(keys(), keys);
            Path trust = authorities();
            if (trust != null) {
                KeyStore store = empty();
                for (int i = 0; i < authorities.size(); i++) {
                    store.setCertificateEntry("authority-" + i, authorities.get(i));
                }
                replace(trust, store);
            }
        } catch (GeneralSecurityException refused) {
            return files.certificate() + " and " + files.key() + " make no key store: " + refused.getMessage();
        }
        seen = fingerprint;
        return null;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(FORMAT);
        store.load(null, null);
        return store;
    }

    /** As a whole or not at all: the listeners read it whenever they like. */
    private void replace(Path file, KeyStore store) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password.toCharArray());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, bytes.toByteArray());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String fingerprint() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : new Path[] {files.certificate(), files.key(), files.clientAuthorities()}) {
            if (file != null) {
                text.append(file)
                        .append(Files.getLastModifiedTime(file).toMillis())
                        .append('/')
                        .append(Files.size(file))
                        .append(';');
            }
        }
        return text.toString();
    }
}
