package dev.waggle.broker.http.admin;

import dev.waggle.auth.Identity;
import dev.waggle.broker.moderation.Report;
import dev.waggle.broker.moderation.Report.Evidence;
import dev.waggle.spec.Author;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a moderator does about reported messages. Each of them may be done again. */
public final class ReportActions {
    private final ChatStore store;
    private final InstantSource clock;
    private final Ban ban;

    /** Nobody speaks for the user any more; says whether that is known to hold. */
    @FunctionalInterface
    public interface Ban {
        CompletionStage<Boolean> of(UserId user);
    }

    public ReportActions(ChatStore store, InstantSource clock, Ban ban) {
        this.store = store;
        this.clock = clock;
        this.ban = ban;
    }

    /** @return false if it is not known to be done */
    CompletionStage<Boolean> carryOut(Identity by, Report report, Report.Action action) {
        return switch (action) {
            case NONE -> CompletableFuture.completedStage(true);
            case DELETE -> delete(by, report);
            case SHADOW ->
                all(
                        report,
                        user -> submit(new Command.ChangeSettings(user, SettingsChange.shadow(true), clock.millis())));
            case BAN -> all(report, ban::of);
        };
    }

    private CompletionStage<Boolean> delete(Identity by, Report report) {
        List<Long> seqs = report.evidence().stream().map(Evidence::seq).toList();
        Actor actor = new Actor(Author.of(by.user()), null, by.role());
        return submit(new Command.DeleteMessages(
                actor, report.conversation(), SeqRanges.ofEach(seqs), true, null, clock.millis()));
    }

    /** Of the messages' authors, those who did not report them. */
    private static CompletionStage<Boolean> all(Report report, Function<UserId, CompletionStage<Boolean>> action) {
        return report.evidence().stream()
                .map(one -> one.from().user())
                .filter(user -> !user.equals(report.reporter()))
                .distinct()
                .map(action)
                .reduce(
                        CompletableFuture.completedStage(true),
                        (one, other) -> one.thenCombine(other, (first, second) -> first && second));
    }

    private CompletionStage<Boolean> submit(Command command) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        boolean taken = store.submit(this, command, outcome -> done.complete(outcome instanceof Outcome.Accepted));
        return taken ? done : CompletableFuture.completedStage(false);
    }
}
