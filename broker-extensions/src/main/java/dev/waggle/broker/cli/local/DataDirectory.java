package dev.waggle.broker.cli.local;

import dev.waggle.broker.CannotStart;
import dev.waggle.broker.CannotStart.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data directory while this process owns it. The lock ends with the process, however that ends. */
public final class DataDirectory implements Closeable {

    public static final String LOCK = "waggle.lock";

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the directory if it is not there, and locks it.
     *
     * @throws CannotStart if another process has it, or if it cannot be written
     */
    public static DataDirectory own(Path path) throws CannotStart {
        try {
            PrivateFiles.createDirectory(path);
            try (Stream<Path> entries = Files.list(path)) {
                // A directory that was made for us is closed to others; one with other things in it is left alone.
                if (entries.findAny().isEmpty() || Files.exists(path.resolve(LOCK))) {
                    PrivateFiles.close(path);
                }
            }
            return lock(path);
        } catch (IOException unusable) {
            throw new CannotStart(
                    Reason.CONFIGURATION, "the data directory " + path + " cannot be used: " + unusable, unusable);
        }
    }

    private static DataDirectory lock(Path path) throws IOException, CannotStart {
        Path file = PrivateFiles.create(path.resolve(LOCK));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            String owner = Files.readString(file).strip();
            channel.close();
            throw new CannotStart(
                    Reason.DATA_IN_USE,
                    "the data directory " + path + " is in use by another process"
                            + (owner.isEmpty() ? "" : " (" + owner + ")") + "; one process at a time");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(("pid " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return new DataDirectory(path, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownedByThisProcess) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
