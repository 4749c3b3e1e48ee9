package dev.waggle.auth.jwt;

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
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A file with a secret: readable by its owner only, made once, whole or not at all. Any number of threads and processes
 * may ask at the same time; all get the content that is on disk.
 */
final class KeyFile {
    /** A key set of this size holds hundreds of keys; more is not ours. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    /** The content; made from {@code fresh} if there is no file. Bad says what to do about it. */
    Parsed<String> readOrCreate(Supplier<String> fresh) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Parsed.bad(
                    "the key file " + path + " must be on a file system with owner permissions and hard links");
        }
        try {
            if (!Files.exists(path)) {
                create(fresh.get());
            }
            return read();
        } catch (IOException e) {
            return Parsed.bad("the key file " + path + " cannot be read or made: " + e);
        }
    }

    private Parsed<String> read() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!OWNER.containsAll(permissions)) {
            return Parsed.bad("the key file " + path + " can be read or changed by others ("
                    + PosixFilePermissions.toString(permissions) + "): chmod 600 it, or delete it if others may have"
                    + " read it (all tokens signed with it then end)");
        }
        if (Files.size(path) > MAX_BYTES) {
            return Parsed.bad("the key file " + path + " is larger than " + MAX_BYTES + " bytes: not a key file");
        }
        return Parsed.ok(Files.readString(path, StandardCharsets.UTF_8));
    }

    private void create(String content) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("no directory");
        }
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, permissions("rwx------"));
        }
        Path draft = Files.createTempFile(directory, path.getFileName() + ".", ".new", permissions("rw-------"));
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            publish(draft);
        } finally {
            Files.deleteIfExists(draft);
        }
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    /** A link fails if the name is taken, unlike a rename: whoever is second keeps the file of the first. */
    private void publish(Path draft) throws IOException {
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its file is complete, for it was linked complete.
            return;
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
