package dev.waggle.auth.account;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The invitations that administrators make, list and revoke; who may is decided before. A use is counted, durably, before
 * the account is made: a crash between loses a use and never admits one too many. Any thread.
 */
public final class Invitations {
    /** Invitations that are kept; all are looked at when one is made. */
    public static final int MAX_KEPT = 1_000;

    public static final int MAX_USES = 1_000;
    public static final Duration MIN_TTL = Duration.ofMinutes(1);
    public static final Duration MAX_TTL = Duration.ofDays(90);
    public static final Duration USUAL_TTL = Duration.ofDays(7);

    /** Each try that fails is another's that did not, and an invitation has no more uses than this. */
    private static final int MAX_TRIES = MAX_USES;

    private final InvitationStore store;
    private final AccountThreads threads;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Object making = new Object();

    public Invitations(InvitationStore store, AccountThreads threads, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.threads = threads;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Answers {@code Invited}, the only time that the code is told; {@code Refused} if there are too many.
     *
     * @param uses 1…{@link #MAX_USES}
     * @param ttl {@link #MIN_TTL}…{@link #MAX_TTL}
     */
    public CompletionStage<AccountAnswer> make(int uses, Duration ttl) {
        if (uses < 1 || uses > MAX_USES || ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException("uses or ttl out of range");
        }
        return threads.quick(() -> {
            synchronized (making) { // or two at once would both find the last place
                return add(uses, ttl);
            }
        });
    }

    private AccountAnswer add(int uses, Duration ttl) {
        long now = clock.millis();
        long kept = 0;
        for (Invitation each : store.invitations(null, MAX_KEPT)) {
            if (each.endsAt() > now || !store.replace(each, null)) {
                kept++;
            }
        }
        if (kept >= MAX_KEPT) {
            return new AccountAnswer.Refused(
                    AccountAnswer.Why.FULL, "there are " + kept + " invitations: revoke some, or wait until they end");
        }
        InvitationCode code = InvitationCode.random(random);
        Invitation made = new Invitation(code.id(), code.hash(), uses, now + ttl.toMillis());
        return store.replace(null, made) ? new AccountAnswer.Invited(made, code.text()) : new AccountAnswer.Failed();
    }

    /**
     * Those that are kept; one that has ended is kept until another is made.
     *
     * @param after continue behind this id, untrusted; null: from the first
     * @param limit 1…1000
     */
    public CompletionStage<AccountAnswer> list(@Nullable String after, int limit) {
        return threads.quick(() -> {
            List<Invitation> page = store.invitations(after, limit);
            return new AccountAnswer.InvitationList(page, page.size() == limit);
        });
    }

    /**
     * It admits nobody from now on; who came with it stays.
     *
     * @param id untrusted
     */
    public CompletionStage<AccountAnswer> revoke(String id) {
        return threads.quick(() -> {
            for (int i = 0; i < MAX_TRIES; i++) {
                Optional<Invitation> found = store.invitation(id);
                if (found.isEmpty()) {
                    return new AccountAnswer.Refused(AccountAnswer.Why.UNKNOWN, "there is no such invitation");
                }
                if (store.replace(found.get(), null)) {
                    return new AccountAnswer.Done();
                }
            }
            return new AccountAnswer.Failed();
        });
    }

    /** Blocks on the store; changes nothing. */
    boolean admits(InvitationCode code) {
        return store.invitation(code.id())
                .filter(invitation -> invitation.admits(code, clock.millis()))
                .isPresent();
    }

    /** Takes a use; blocks on the store. False if there is none. */
    boolean use(InvitationCode code) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Invitation> found =
                    store.invitation(code.id()).filter(invitation -> invitation.admits(code, clock.millis()));
            if (found.isEmpty()) {
                return false;
            }
            if (store.replace(found.get(), found.get().withUses(found.get().usesLeft() - 1))) {
                return true;
            }
        }
        return false;
    }

    /** Of a use that made no account; blocks on the store. What was revoked meanwhile stays so. */
    void giveBack(InvitationCode code) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Invitation> found = store.invitation(code.id());
            if (found.isEmpty()
                    || store.replace(
                            found.get(), found.get().withUses(found.get().usesLeft() + 1))) {
                return;
            }
        }
    }
}
