package dev.waggle.spec.codec;

import dev.waggle.spec.Any;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.Standing;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Generators of what is said about groups. */
final class AnyGroup {
    private AnyGroup() {}

    static Arbitrary<Event.MembersChanged> membersChanged() {
        return Combinators.combine(
                        group(),
                        Combinators.combine(Any.number(), Any.number()).as(List::of),
                        Any.author(),
                        Any.device().injectNull(0.3),
                        Combinators.combine(
                                        Arbitraries.of(true, false),
                                        Any.text(20).injectNull(0.5),
                                        standing().injectNull(0.5),
                                        patch())
                                .as(Naming::new),
                        AnyMessage.member().list().uniqueElements(Member::user).ofMaxSize(4),
                        Any.user().list().uniqueElements().ofMaxSize(4),
                        Any.user().injectNull(0.5))
                .as((group, times, from, device, naming, added, removed, left) -> new Event.MembersChanged(
                        group,
                        times.get(0),
                        times.get(1),
                        from,
                        device,
                        naming.created(),
                        naming.name(),
                        added,
                        removed,
                        left,
                        naming.standing(),
                        naming.settings()));
    }

    private record Naming(
            boolean created,
            @Nullable String name,
            @Nullable Standing standing,
            GroupPatch patch) {

        /** Without the name, which the event has. */
        GroupPatch settings() {
            return new GroupPatch(null, patch.topic(), patch.picture(), patch.join(), patch.history());
        }
    }

    static Arbitrary<GroupPatch> patch() {
        return Combinators.combine(
                        Any.text(20).injectNull(0.5),
                        Any.text(20).injectNull(0.5),
                        Any.text(20).injectNull(0.5),
                        Arbitraries.of(JoinPolicy.class).injectNull(0.5),
                        Arbitraries.of(HistoryPolicy.class).injectNull(0.5))
                .as(GroupPatch::new);
    }

    /** As rules make them: whom it concerns, and a time only where one belongs. */
    static Arbitrary<Standing> standing() {
        return Combinators.combine(
                        Arbitraries.of(Standing.Kind.class),
                        Any.user().list().uniqueElements().ofMinSize(1).ofMaxSize(4),
                        Any.number())
                .as((kind, users, until) -> new Standing(
                        kind,
                        kind == Standing.Kind.DISSOLVED ? List.of() : users,
                        kind == Standing.Kind.MUTED ? until : 0));
    }

    static Arbitrary<Event.LogEntry> settings() {
        return Combinators.combine(
                        group(),
                        Any.number(),
                        Any.number(),
                        Any.author(),
                        Any.device().injectNull(0.3),
                        patch())
                .as(Event.SettingsChanged::new);
    }

    /** Any change of a group. */
    static Arbitrary<Command> command(Arbitrary<SendKey> key, Arbitrary<List<UserId>> users) {
        return Arbitraries.oneOf(
                Combinators.combine(AnyMessage.actor(), group(), patch(), users, key, Any.number())
                        .as(Command.CreateGroup::new),
                Combinators.combine(AnyMessage.actor(), group(), users, key, Any.number())
                        .as(Command.AddMembers::new),
                Combinators.combine(AnyMessage.actor(), group(), users, key, Any.number())
                        .as(Command.RemoveMembers::new),
                Combinators.combine(AnyMessage.actor(), group(), key, Any.number())
                        .as(Command.LeaveGroup::new),
                Combinators.combine(AnyMessage.actor(), group(), patch(), key, Any.number())
                        .as(Command.UpdateGroup::new),
                Combinators.combine(
                                AnyMessage.actor(),
                                group(),
                                Any.user(),
                                Arbitraries.of(MemberRole.class),
                                key,
                                Any.number())
                        .as(Command.ChangeRole::new),
                Combinators.combine(
                                AnyMessage.actor(),
                                group(),
                                Arbitraries.of(Standing.Kind.class),
                                users,
                                Any.number(),
                                key,
                                Any.number())
                        .as(Command.ChangeStanding::new));
    }

    private static Arbitrary<ConversationId.Group> group() {
        return Any.group().map(ConversationId.Group::new);
    }
}
