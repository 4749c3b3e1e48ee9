package dev.waggle.spec.codec;

import dev.waggle.spec.Any;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.SettingsChange;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of commands of every kind. */
final class AnyCommand {
    private AnyCommand() {}

    static Arbitrary<Command> command() {
        Arbitrary<SendKey> key = AnyMessage.key().injectNull(0.3);
        Arbitrary<List<UserId>> users = Any.user().list().ofMaxSize(4);
        return Arbitraries.oneOf(
                Combinators.combine(
                                AnyMessage.actor(),
                                Any.conversation(),
                                key,
                                AnyMessage.bytes(40),
                                AnyMessage.properties(),
                                AnyMessage.packetId().injectNull(0.5),
                                Arbitraries.of(true, false),
                                Any.number())
                        .as(Command.SendMessage::new),
                AnyGroup.command(key, users),
                Combinators.combine(
                                AnyMessage.actor(),
                                Any.conversation(),
                                Any.seq(),
                                AnyMessage.bytes(40),
                                Arbitraries.of(true, false),
                                key,
                                Any.number())
                        .as(Command.EditMessage::new),
                Combinators.combine(
                                AnyMessage.actor(),
                                Any.conversation(),
                                AnyMessage.ranges(),
                                Arbitraries.of(true, false),
                                key,
                                Any.number())
                        .as(Command.DeleteMessages::new),
                Combinators.combine(AnyMessage.actor(), Any.conversation(), AnyMessage.ranges(), key, Any.number())
                        .as(Command.HideMessages::new),
                Combinators.combine(AnyMessage.actor(), Any.conversation(), AnyMessage.mute(), key, Any.number())
                        .as(Command.MuteConversation::new),
                Combinators.combine(
                                Any.user(),
                                Any.device(),
                                Arbitraries.of(true, false),
                                Any.number(),
                                Any.number(),
                                Any.number())
                        .as(Command.OpenSession::new),
                Combinators.combine(
                                Any.user(),
                                Any.device(),
                                Any.number(),
                                Any.number(),
                                AnyMessage.progress(),
                                AnyMessage.positions(),
                                AnyMessage.seqs(),
                                Any.number().list().ofSize(2))
                        .as((user, device, epoch, expiry, progress, open, delivered, two) -> new Command.CloseSession(
                                user, device, epoch, expiry, progress, open, delivered, two.get(0), two.get(1))),
                Combinators.combine(
                                AnyMessage.actor(),
                                Any.conversation(),
                                Any.number(),
                                Arbitraries.of(true, false),
                                Any.number())
                        .as(Command.MarkRead::new),
                Combinators.combine(
                                Any.user(),
                                Any.user().injectNull(0.5),
                                Any.user().injectNull(0.5),
                                AnyMessage.maybeFlag(),
                                AnyMessage.maybeFlag(),
                                AnyMessage.maybeFlag(),
                                AnyMessage.maybeFlag(),
                                Any.number())
                        .as((user, block, unblock, receipts, presence, lastSeen, shadowed, now) ->
                                new Command.ChangeSettings(
                                        user,
                                        new SettingsChange(block, unblock, receipts, presence, lastSeen, shadowed),
                                        now)),
                Combinators.combine(
                                Any.user(),
                                Any.device(),
                                Any.number(),
                                AnyMessage.progress(),
                                AnyMessage.seqs(),
                                Any.number())
                        .as(Command.MoveCursor::new),
                Combinators.combine(
                                Any.user(),
                                Any.device().injectNull(0.3),
                                AnyMessage.filter().list().ofMaxSize(3),
                                Any.text(9).list().ofMaxSize(3),
                                Any.number())
                        .as(Command.ChangeFilters::new),
                Combinators.combine(
                                Any.user(),
                                Any.device(),
                                Any.number().map(number -> number / 2 - 1),
                                AnyMessage.bytes(40).injectNull(0.3),
                                Any.number())
                        .as(Command.KeepPush::new),
                Combinators.combine(Any.user(), AnyMessage.handled(), Any.number())
                        .as(Command.SettlePush::new),
                Combinators.combine(Any.user(), Any.device(), Any.number()).as(Command.ForgetDevice::new),
                Combinators.combine(Any.user(), Any.device(), AnyMessage.packetId(), Any.number())
                        .as(Command.ReleasePacket::new),
                Combinators.combine(
                                Any.user(),
                                Any.number(),
                                AnyMessage.missing().list().ofMaxSize(3),
                                Any.number())
                        .as(Command.TrimInbox::new),
                Combinators.combine(Any.conversation(), Any.number(), Any.number(), Any.number())
                        .as(Command.TrimLog::new),
                Combinators.combine(
                                AnyMessage.recordKey(),
                                Any.number(),
                                AnyMessage.bytes(40).injectNull(0.3),
                                Any.number())
                        .as(Command.PutRecord::new));
    }
}
