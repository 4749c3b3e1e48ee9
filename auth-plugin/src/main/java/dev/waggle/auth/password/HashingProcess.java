package dev.waggle.auth.password;

import dev.waggle.spec.Bytes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes in a process of its own, so that their memory is not in this one's heap and their work gives way to ours. It is
 * started at the first hash, started again when it ended (at once, then after 1, 2, 4 … 60 s), and ended when nobody asked
 * for {@link #REST}. What is under way when it ends is {@link HashingUnavailable}. Any thread; whoever makes it closes it.
 */
public final class HashingProcess implements PasswordHashing, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HashingProcess.class);

    /** A hundred times what it takes; on a busy machine it has a tenth of a core. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Its memory is worth more than the 0.3 s that the next log-in then waits. */
    static final Duration REST = Duration.ofMinutes(2);

    private final List<String> command;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Duration limit;
    private final RestartPause pause = new RestartPause();
    private @Nullable HashingRun run;
    private long startedAt;
    private long askedAt;
    private boolean closed;

    /** @param threads that ask at once, at most */
    public HashingProcess(int threads, SecureRandom random, InstantSource clock) {
        this(HashingCommand.of(threads), random, clock, LIMIT);
    }

    HashingProcess(List<String> command, SecureRandom random, InstantSource clock, Duration limit) {
        this.command = List.copyOf(command);
        this.random = random;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public String hash(Password password) {
        byte[] salt = new byte[Argon2id.SALT_BYTES];
        random.nextBytes(salt);
        Bytes fresh = Bytes.wrap(salt);
        if (running().ask(id -> new HashingFrame.Hash(id, fresh, password.utf8()), limit)
                instanceof HashingFrame.Hashed hashed) {
            return hashed.phc();
        }
        throw failed();
    }

    @Override
    public boolean matches(Password password, String phc) {
        if (!PasswordHash.isAffordable(phc)) {
            return false;
        }
        if (running().ask(id -> new HashingFrame.Match(id, phc, password.utf8()), limit)
                instanceof HashingFrame.Matched matched) {
            return matched.fits();
        }
        throw failed();
    }

    private static HashingUnavailable failed() {
        return new HashingUnavailable("the hashing process failed or ended");
    }

    private synchronized HashingRun running() {
        long now = clock.millis();
        askedAt = now;
        if (run != null) {
            return run;
        }
        if (closed) {
            throw new HashingUnavailable("the broker ends");
        }
        if (!pause.isOver(now)) {
            throw new HashingUnavailable("the hashing process ended too often; it is started again in a moment");
        }
        startedAt = now;
        try {
            HashingRun started = HashingRun.start(command, this::ended);
            run = started;
            LOG.debug("the hashing process is started");
            return started;
        } catch (IOException e) {
            pause.ended(now, now);
            LOG.warn("the hashing process cannot be started, so no password can be checked: {}", e.getMessage());
            throw new HashingUnavailable("the hashing process cannot be started");
        }
    }

    private synchronized void ended(HashingRun which, String how) {
        if (run == which) { // otherwise we ended it ourselves
            run = null;
            pause.ended(startedAt, clock.millis());
            LOG.warn("the hashing process ended by itself, and is started again when it is needed: {}", how);
        }
    }

    /** Wants to be called every some seconds; ends a process that rests. */
    public synchronized void tick() {
        if (run != null && run.isIdle() && Math.abs(clock.millis() - askedAt) >= REST.toMillis()) {
            LOG.debug("the hashing process rests and is ended");
            end();
        }
    }

    /** Ends the process; who asks is refused from now on. */
    @Override
    public synchronized void close() {
        closed = true;
        end();
    }

    private synchronized void end() {
        HashingRun known = run;
        if (known != null) {
            run = null;
            known.end();
        }
    }
}
