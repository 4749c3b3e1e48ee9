package dev.waggle.broker.call;

import dev.waggle.auth.Identity;
import dev.waggle.broker.moderation.Reports;
import dev.waggle.broker.moderation.Screened;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.presence.PresenceBoard;
import dev.waggle.broker.presence.Roster;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallMethod;
import dev.waggle.spec.call.CallRequest;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.codec.CallJson;
import dev.waggle.spec.codec.JsonForm;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.Reads.Acquaintance;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one table of methods (PROTOCOL §5): what changes something becomes a command for the store, what only asks is a
 * read from a snapshot.
 */
public final class CallTable implements CallHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CallTable.class);

    /** A page of an inbox ends below so many bytes: a phone that comes back has the whole of a usual one in a second. */
    private static final int JSON_INBOX = 100_000;

    private static final int CBOR_INBOX = 60_000;

    private final ChatStore store;
    private final Limits limits;
    private final InstantSource clock;
    private final GroupCalls groups;
    private final PresenceBoard presence;
    private final Roster roster;
    private final Reports reports;
    private final Screening screening;
    private final PushCalls pushes;
    private final DeviceCalls devices;

    public CallTable(
            ChatStore store,
            Limits limits,
            InstantSource clock,
            GroupIds groupIds,
            PresenceBoard presence,
            Roster roster,
            Reports reports,
            Screening screening,
            PushCalls pushes,
            DeviceCalls devices) {
        this.reports = reports;
        this.screening = screening;
        this.pushes = pushes;
        this.devices = devices;
        this.presence = presence;
        this.roster = roster;
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.groups = new GroupCalls(groupIds, clock);
    }

    @Override
    public void call(
            Object source,
            Identity identity,
            String method,
            @Nullable SendKey key,
            Bytes request,
            @Nullable String contentType,
            Consumer<CallAnswer> answer) {
        JsonForm form = JsonForm.of(contentType);
        Call call = new Call(source, identity, key, answerForm(method, form), answer);
        Answer<CallRequest> read = CallJson.readRequest(method, request, form);
        if (read instanceof Answer.Given<CallRequest> given) {
            carryOut(call, given.value());
        } else {
            call.refuse(((Answer.Refused<CallRequest>) read).rejection());
        }
    }

    private static JsonForm answerForm(String method, JsonForm asked) {
        boolean cbor = asked == JsonForm.CBOR
                && CallMethod.named(method).map(CallMethod::answersInCbor).orElse(false);
        return cbor ? JsonForm.CBOR : JsonForm.JSON;
    }

    private void carryOut(Call call, CallRequest request) {
        switch (request.method()) {
            case GROUP_CREATE,
                    GROUP_ADD,
                    GROUP_REMOVE,
                    GROUP_LEAVE,
                    GROUP_UPDATE,
                    GROUP_ROLE,
                    GROUP_BAN,
                    GROUP_UNBAN,
                    GROUP_MUTE,
                    GROUP_INVITE,
                    GROUP_JOIN,
                    GROUP_DECLINE,
                    GROUP_REFUSE,
                    GROUP_DELETE ->
                group(call, groups.command((CallRequest.OfGroup) request, call.identity.actor(), call.key));
            case MESSAGE_EDIT -> edit(call, (CallRequest.MessageEdit) request);
            case MESSAGE_DELETE -> delete(call, (CallRequest.MessageDelete) request);
            case BLOCK, UNBLOCK -> {
                CallRequest.Block block = (CallRequest.Block) request;
                settings(
                        call,
                        block.unblock() ? SettingsChange.unblock(block.user()) : SettingsChange.block(block.user()));
            }
            case MESSAGE_REPORT -> {
                CallRequest.MessageReport report = (CallRequest.MessageReport) request;
                UserId me = call.identity.user();
                given(
                        call,
                        reports.report(me, call.key, report.conv().of(me), report.seqs(), report.reason()),
                        CallResult.Reported::new);
            }
            case MUTE -> {
                CallRequest.Mute mute = (CallRequest.Mute) request;
                submit(
                        call,
                        new Command.MuteConversation(
                                call.identity.actor(),
                                mute.conv().of(call.identity.user()),
                                mute.change(),
                                call.key,
                                clock.millis()));
            }
            case PRESENCE_WATCH -> watch(call, (CallRequest.PresenceWatch) request);
            case ME_SETTINGS -> {
                CallRequest.MeSettings wanted = (CallRequest.MeSettings) request;
                settings(call, SettingsChange.own(wanted.receipts(), wanted.presence(), wanted.lastSeen()));
            }
            case GROUP_INFO -> info(call, (CallRequest.GroupInfo) request);
            case INBOX -> inbox(call, (CallRequest.Inbox) request);
            case HISTORY -> history(call, (CallRequest.History) request);
            case DEVICE_LIST -> given(call, devices.list(call.identity.user()), CallResult.Devices::new);
            case DEVICE_FORGET -> {
                CallRequest.DeviceForget forget = (CallRequest.DeviceForget) request;
                given(
                        call,
                        devices.forget(call.source, call.identity, forget.device()),
                        CallResult.DeviceForgotten::new);
            }
            case PUSH_REGISTER, PUSH_UNREGISTER, PUSH_SETTINGS ->
                pushes.call(call.identity, (CallRequest.Push) request, call::give, call::refuse);
            case ME ->
                call.give(new CallResult.Me(
                        call.identity.user(),
                        call.identity.device(),
                        List.of(call.identity.roleName()),
                        call.identity.expiresAt() / 1_000,
                        limits,
                        clock.millis()));
        }
    }

    private void edit(Call call, CallRequest.MessageEdit edit) {
        if (edit.body().size() > limits.body()) {
            call.refuse(Rejection.of(Refusal.TOO_LARGE, "a body has at most " + limits.body() + " bytes"));
            return;
        }
        Command.EditMessage command = new Command.EditMessage(
                call.identity.actor(),
                edit.conv().of(call.identity.user()),
                edit.seq(),
                edit.body(),
                call.key,
                clock.millis());
        screen(call, command);
    }

    /** Others read the texts of a group as they read messages. */
    private void group(Call call, Command.OfConversation command) {
        if (command instanceof Command.CreateGroup || command instanceof Command.UpdateGroup) {
            screen(call, command);
        } else {
            submit(call, command);
        }
    }

    private void screen(Call call, Command.OfConversation command) {
        Screened screened = screening.screen(command, later -> submit(call, later));
        if (screened != null) {
            submit(call, screened);
        }
    }

    private void submit(Call call, Screened screened) {
        Rejection forbidden = screened.rejection();
        if (forbidden != null) {
            call.refuse(forbidden);
        } else {
            submit(call, screened.command(), outcome -> screening.settled(screened, outcome));
        }
    }

    private void delete(Call call, CallRequest.MessageDelete delete) {
        ConversationId conversation = delete.conv().of(call.identity.user());
        Actor actor = call.identity.actor();
        submit(
                call,
                delete.forAll()
                        ? new Command.DeleteMessages(actor, conversation, delete.seqs(), call.key, clock.millis())
                        : new Command.HideMessages(actor, conversation, delete.seqs(), call.key, clock.millis()));
    }

    private void watch(Call call, CallRequest.PresenceWatch watch) {
        UserId me = call.identity.user();
        long until = clock.millis() + watch.seconds() * 1_000L;
        CompletionStage<Map<UserId, Acquaintance>> known = watch.users().isEmpty()
                ? CompletableFuture.completedStage(Map.of())
                : store.reads().acquaintances(me, watch.users());
        given(call, known.thenApply(Answer::of), users -> {
            List<CallResult.Seen> seen = new ArrayList<>();
            presence.watch(roster.viewer(me, call.source), users, until)
                    .forEach((user, state) -> seen.add(new CallResult.Seen(user, state.state(), state.since())));
            return new CallResult.PresenceWatch(seen, until);
        });
    }

    private void settings(Call call, SettingsChange change) {
        submit(call, new Command.ChangeSettings(call.identity.user(), change, clock.millis()));
    }

    private void submit(Call call, Command command) {
        submit(call, command, outcome -> {});
    }

    private void submit(Call call, Command command, Consumer<Outcome> first) {
        boolean taken = store.submit(call.source, command, outcome -> {
            first.accept(outcome);
            settled(call, outcome);
        });
        if (!taken) {
            call.refuse(Rejection.of(Refusal.UNAVAILABLE, "the server is busy; try again in a moment"));
        }
    }

    private static void settled(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            call.give(result(accepted.reply()));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            call.refuse(rejected.rejection());
        } else {
            call.refuse(Rejection.of(
                    Refusal.FAILED, "it may or may not be stored; try again with the same idempotency key"));
        }
    }

    private static CallResult result(Reply reply) {
        if (reply instanceof Reply.Edited edited) {
            return new CallResult.MessageEdited(edited.seq(), edited.ts());
        }
        if (reply instanceof Reply.Deleted deleted) {
            return new CallResult.MessagesDeleted(deleted.deleted(), deleted.seq());
        }
        if (reply instanceof Reply.Muted muted) {
            return new CallResult.Muted(muted.until(), muted.level());
        }
        if (reply instanceof Reply.SettingsKept kept) {
            return new CallResult.Settings(kept.settings());
        }
        return GroupCalls.result(reply);
    }

    private void info(Call call, CallRequest.GroupInfo info) {
        given(call, store.reads().group(call.identity.user(), info.group(), info.after(), info.limit()), page -> {
            int size = page.members().size();
            return new CallResult.GroupInfo(
                    page.group(),
                    page.settings(),
                    page.role(),
                    page.members(),
                    page.standings(),
                    page.more() && size > 0 ? page.members().get(size - 1).user() : null);
        });
    }

    private void inbox(Call call, CallRequest.Inbox inbox) {
        CompletionStage<Answer<Reads.InboxPage>> page = store.reads()
                .inbox(call.identity.user(), inbox.changedSince(), inbox.after(), inbox.limit())
                .thenApply(Answer::of);
        given(call, page, read -> {
            List<CallResult.Conversation> lines = new ArrayList<>();
            int bytes = 0;
            boolean more = read.more();
            for (Reads.ConversationSummary one : read.conversations()) {
                CallResult.Conversation line = new CallResult.Conversation(
                        one.conversation(),
                        one.last(),
                        one.lastTs(),
                        one.delivered(),
                        one.read(),
                        one.unread(),
                        one.mutedUntil(),
                        one.level());
                bytes += CallJson.size(line, call.form);
                if (bytes > (call.form == JsonForm.CBOR ? CBOR_INBOX : JSON_INBOX)) {
                    more = true;
                    break;
                }
                lines.add(line);
            }
            return new CallResult.Inbox(
                    lines,
                    more && !lines.isEmpty() ? lines.get(lines.size() - 1).conv() : null);
        });
    }

    private CompletionStage<Answer<Reads.HistoryPage>> page(UserId user, CallRequest.History history) {
        ConversationId conversation = history.conv().of(user);
        return history.beforeTs() == null && history.afterTs() == null
                ? store.reads().history(user, conversation, history.before(), history.after(), history.limit())
                : store.reads()
                        .historyByTime(user, conversation, history.beforeTs(), history.afterTs(), history.limit());
    }

    private void history(Call call, CallRequest.History history) {
        given(call, page(call.identity.user(), history), page -> {
            int size = page.entries().size();
            Long next = null;
            if (page.more() && size > 0) {
                int edge = history.ascending() ? size - 1 : 0;
                next = page.entries().get(edge).seq();
            }
            return new CallResult.History(page.entries(), page.first(), page.last(), next);
        });
    }

    private static <T> void given(
            Call call, CompletionStage<Answer<T>> read, Function<? super T, ? extends CallResult> result) {
        read.whenComplete((answer, failure) -> {
                    if (failure != null) {
                        call.refuse(Rejection.of(Refusal.UNAVAILABLE, "the store cannot be read now; try again"));
                        return;
                    }
                    if (answer instanceof Answer.Given<T> page) {
                        call.give(result.apply(page.value()));
                    } else {
                        call.refuse(((Answer.Refused<T>) answer).rejection());
                    }
                })
                .exceptionally(bug -> {
                    LOG.error("a bug: a call ended without an answer", bug);
                    call.refuse(Rejection.of(Refusal.FAILED, "the server failed; it has written down why"));
                    return null;
                });
    }

    /** One call under way. */
    private record Call(
            Object source, Identity identity, @Nullable SendKey key, JsonForm form, Consumer<CallAnswer> answer) {

        void give(CallResult result) {
            answer.accept(new CallAnswer(CallJson.write(result, form), type(), 200));
        }

        void refuse(Rejection rejection) {
            answer.accept(new CallAnswer(
                    CallJson.write(rejection, form), type(), rejection.refusal().httpStatus()));
        }

        private @Nullable String type() {
            return form == JsonForm.JSON ? null : form.contentType();
        }
    }
}
