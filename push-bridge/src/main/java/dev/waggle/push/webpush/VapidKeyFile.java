package dev.waggle.push.webpush;

import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the {@link VapidKey}: a private JWK, for its owner's eyes only. Made if there is none, and never changed
 * or replaced afterwards: a file that cannot be read is a problem for the operator, for a new key ends every
 * subscription. Several processes may ask at the same time; all get the same key.
 */
public final class VapidKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(VapidKeyFile.class);

    /** A private JWK has some 200 bytes. */
    private static final int MOST_BYTES = 16 * 1024;

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final SecureRandom random;

    public VapidKeyFile(Path path, SecureRandom random) {
        this.path = path;
        this.random = random;
    }

    /** Blocks for the disk. Bad says which file and what to do; it shows nothing of the key. */
    public Parsed<VapidKey> readOrMake() {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Parsed.bad(
                    "the VAPID key file " + path + " cannot be kept from others: this file system has no owners");
        }
        try {
            if (Files.notExists(path)) {
                make();
            }
            return read().then(VapidKey::parse)
                    .fold(Parsed::ok, reason -> Parsed.bad("the VAPID key file " + path + " " + reason));
        } catch (IOException e) {
            return Parsed.bad("the VAPID key file " + path + " cannot be read or made: " + e);
        }
    }

    private Parsed<String> read() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!OWNER.containsAll(permissions)) {
            return Parsed.bad("can be read or changed by others (" + PosixFilePermissions.toString(permissions)
                    + "): chmod 600 it");
        }
        if (Files.size(path) > MOST_BYTES) {
            return Parsed.bad("has more than " + MOST_BYTES + " bytes: it is something else");
        }
        return Parsed.ok(Files.readString(path));
    }

    /** Complete under another name first, then linked: a link fails if the name is taken, unlike a rename. */
    private void make() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("is no file in a directory");
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, owner("rwx------"));
        }
        Path draft = Files.createTempFile(folder, path.getFileName() + ".", ".new", owner("rw-------"));
        try {
            write(draft, VapidKey.make(random).jwk() + "\n");
            Files.createLink(path, draft);
            LOG.info("made a VAPID key in {}: whoever subscribed with an earlier one must subscribe anew", path);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its key is the key.
            return;
        } finally {
            Files.deleteIfExists(draft);
        }
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    private static void write(Path file, String content) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> owner(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
