package dev.waggle.auth.jwt;

import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A file with a secret: readable by its owner only, made once, then replaced by whoever has it alone, always whole. Any
 * number of threads and processes may ask at the same time; all get the content that is on disk.
 */
final class KeyFile {
    /** A key set of this size holds hundreds of keys; more is not ours. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private static final String TAKEN = "another process changes the keys now; try again";

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

    /**
     * Runs what reads and replaces the file while no other process does. Does not wait.
     *
     * @return bad also if another one has it
     */
    <T> Parsed<T> alone(Supplier<Parsed<T>> work) {
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        try {
            Path directory = directory();
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, permissions("rwx------"));
            }
            Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(lock, options, permissions("rw-------"));
                    FileLock held = channel.tryLock()) {
                return held == null ? Parsed.bad(TAKEN) : work.get();
            }
        } catch (OverlappingFileLockException e) {
            return Parsed.bad(TAKEN);
        } catch (IOException e) {
            return Parsed.bad("the key file " + path + " cannot be locked: " + e);
        }
    }

    /** For whoever has it {@link #alone}: the old content or this, whenever the power goes. */
    Parsed<String> replace(String content) {
        try {
            Path draft = draft(content);
            try {
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
            sync(directory());
            return Parsed.ok(content);
        } catch (IOException e) {
            return Parsed.bad("the key file " + path + " cannot be written: " + e);
        }
    }

    /** Differs from the one before if the file was replaced or changed since; empty if there is none. */
    String stamp() {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return found.fileKey() + " " + found.lastModifiedTime() + " " + found.size();
        } catch (IOException e) {
            return "";
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
        Path directory = directory();
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, permissions("rwx------"));
        }
        Path draft = draft(content);
        try {
            publish(draft);
        } finally {
            Files.deleteIfExists(draft);
        }
        sync(directory);
    }

    private Path directory() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("no directory");
        }
        return directory;
    }

    /** The content on disk, under another name. */
    private Path draft(String content) throws IOException {
        Path draft = Files.createTempFile(directory(), path.getFileName() + ".", ".new", permissions("rw-------"));
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        return draft;
    }

    private static void sync(Path directory) throws IOException {
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

    @Override
    public String toString() {
        return path.toString();
    }
}
