package dev.waggle.broker.moderation;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at messages, edits and texts of groups before they are stored: by the text rules at once, and at what people say
 * by a {@link Judge} if there is one. Any thread; never waits.
 */
public final class Screening {
    private final Terms terms;
    private final Judge judge;
    private final Flags flags;
    private final Verdicts verdicts;
    private final boolean idle;

    /**
     * @param roles whose messages are looked at
     * @param text the rules for texts
     * @param reach which conversations the judge is asked about
     * @param asks true: there is a judge
     */
    public record Terms(Set<Actor.Role> roles, TextRules text, Reach reach, boolean asks) {
        /** Nothing is looked at. */
        public static final Terms NONE = new Terms(Set.of(), TextRules.NONE, Reach.ALL, false);

        public Terms {
            roles = Set.copyOf(roles);
        }
    }

    /** Which conversations. */
    public enum Reach {
        ALL,
        GROUPS,
        DIRECT
    }

    public Screening(Terms terms, Judge judge, Flags flags, Verdicts verdicts) {
        this.terms = terms;
        this.judge = judge;
        this.flags = flags;
        this.verdicts = verdicts;
        this.idle = terms.roles().isEmpty() || terms.text().isEmpty() && !terms.asks();
    }

    /** Looks at nothing. */
    public static Screening none() {
        return new Screening(Terms.NONE, Judge.NOBODY, (cause, found, message) -> {}, Verdicts.UNCOUNTED);
    }

    /** True if nothing of this actor is looked at. */
    public boolean passes(Actor actor) {
        return idle || !terms.roles().contains(actor.role());
    }

    /**
     * Looks at a {@code SendMessage}, an {@code EditMessage}, a {@code CreateGroup} or an {@code UpdateGroup}.
     *
     * @param later is told exactly once, on another thread, if and only if this returns null
     */
    public @Nullable Screened screen(Command.OfConversation command, Consumer<Screened> later) {
        if (passes(command.actor())) {
            return new Screened(command, Finding.NOTHING);
        }
        Finding ofText = look(command);
        if (ofText.verdict() == Verdict.REFUSE || !Wording.isMessage(command) || !isJudged(command.conversation())) {
            return given(command, ofText);
        }
        Exactly answered = new Exactly(later);
        judge.ask(command, finding -> answered.tell(given(command, ofText.or(finding))));
        return answered.atOnce();
    }

    private Finding look(Command.OfConversation command) {
        Finding found = terms.text().look(Wording.body(command));
        for (String text : Wording.besides(command)) {
            found = found.or(terms.text().look(text));
        }
        return found.verdict() == Verdict.SHADOW && !Wording.isMessage(command)
                ? new Finding(Verdict.REFUSE, found.cause(), found.found())
                : found;
    }

    private boolean isJudged(ConversationId conversation) {
        return terms.asks()
                && (terms.reach() == Reach.ALL
                        || (terms.reach() == Reach.GROUPS) == (conversation instanceof ConversationId.Group));
    }

    private Screened given(Command.OfConversation command, Finding finding) {
        verdicts.given(finding.verdict(), finding.cause());
        return Screened.of(command, finding);
    }

    /** The answer either comes before the question returns, or later to who waits. */
    private static final class Exactly {
        private static final Object RETURNED = new Object();

        private final Consumer<Screened> later;
        private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

        Exactly(Consumer<Screened> later) {
            this.later = later;
        }

        void tell(Screened screened) {
            if (!state.compareAndSet(null, screened)) {
                later.accept(screened);
            }
        }

        @Nullable
        Screened atOnce() {
            return state.compareAndSet(null, RETURNED) ? null : (Screened) state.get();
        }
    }

    /** The store has decided: what was flagged is reported. */
    public void settled(Screened screened, Outcome outcome) {
        Finding finding = screened.finding();
        if (finding.verdict() == Verdict.FLAG && outcome instanceof Outcome.Accepted accepted) {
            Event.MessageStored stored = stored(screened.command(), accepted.reply());
            if (stored != null) {
                flags.flag(finding.cause(), finding.found(), stored);
            }
        }
    }

    private static Event.@Nullable MessageStored stored(Command.OfConversation command, Reply reply) {
        if (command instanceof Command.SendMessage send && reply instanceof Reply.Sent sent) {
            return message(send, sent.seq(), sent.ts(), send.properties());
        }
        if (command instanceof Command.EditMessage edit && reply instanceof Reply.Edited edited) {
            return message(edit, edit.seq(), edited.ts(), MessageProperties.NONE);
        }
        if (command instanceof Command.CreateGroup create && reply instanceof Reply.GroupCreated created) {
            return message(create, created.seq(), create.now(), MessageProperties.NONE);
        }
        return command instanceof Command.UpdateGroup update && reply instanceof Reply.GroupChanged changed
                ? message(update, changed.seq(), update.now(), MessageProperties.NONE)
                : null;
    }

    private static Event.MessageStored message(
            Command.OfConversation command, long seq, long ts, MessageProperties properties) {
        return new Event.MessageStored(
                command.conversation(),
                seq,
                ts,
                command.actor().author(),
                command.actor().device(),
                properties,
                Wording.body(command));
    }
}
