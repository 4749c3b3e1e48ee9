package dev.waggle.spec.codec;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallMethod;
import dev.waggle.spec.call.CallRequest;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers of calls as JSON or CBOR (PROTOCOL §5), for MQTT and HTTP alike. Reading is total: bad input is a
 * {@link Rejection} that says which field, and what is allowed.
 */
public final class CallJson {
    private CallJson() {}

    /**
     * Reads a request. An unknown method is {@code not-found}; what does not fit is {@code bad-request}. An empty payload
     * is an object without fields; a field that is null is absent.
     */
    public static Answer<CallRequest> readRequest(String method, Bytes payload, JsonForm form) {
        return CallMethod.named(method)
                .map(known -> readRequest(known, payload, form))
                .orElseGet(() -> Answer.refused(Refusal.NOT_FOUND, "there is no such method"));
    }

    /** Reads a request of a known method. */
    public static Answer<CallRequest> readRequest(CallMethod method, Bytes payload, JsonForm form) {
        if (payload.size() > JsonForm.MAX_BYTES) {
            return Answer.refused(Refusal.TOO_LARGE, "a request has at most " + JsonForm.MAX_BYTES + " bytes");
        }
        if (method.isOfPush()) {
            return Answer.of(new CallRequest.Push(method, payload, form == JsonForm.CBOR));
        }
        Parsed<CallRequest> request = JsonObjects.read(form, payload).then(object -> {
            Fields fields = new Fields(method.code(), object);
            CallRequest read = read(method, fields);
            fields.noOthers();
            return fields.result(read);
        });
        return request.fold(Answer::of, reason -> Answer.refused(Rejection.badPayload(reason)));
    }

    /** Writes an answer. */
    public static Bytes write(CallResult result, JsonForm form) {
        return CallResultJson.write(result, form);
    }

    /** Bytes that a line of an inbox takes in an answer. */
    public static int size(CallResult.Conversation line, JsonForm form) {
        return CallResultJson.size(line, form);
    }

    /** Writes a refusal: {@code {"error":{"code":"…","message":"…"}}}. */
    public static Bytes write(Rejection rejection, JsonForm form) {
        return JsonObjects.write(form, out -> JsonObjects.error(rejection, out));
    }

    private static @Nullable CallRequest read(CallMethod method, Fields in) {
        switch (method) {
            case GROUP_CREATE,
                    GROUP_ADD,
                    GROUP_REMOVE,
                    GROUP_LEAVE,
                    GROUP_INFO,
                    GROUP_UPDATE,
                    GROUP_ROLE,
                    GROUP_BAN,
                    GROUP_UNBAN,
                    GROUP_MUTE,
                    GROUP_INVITE,
                    GROUP_JOIN,
                    GROUP_DECLINE,
                    GROUP_REFUSE,
                    GROUP_DELETE:
                return GroupCallJson.read(method, in);
            case MESSAGE_EDIT: {
                ConversationName conv = in.required("conv", in.parsed("conv", ConversationName::parse));
                Long seq = in.required("seq", in.number("seq", 1, Long.MAX_VALUE));
                Bytes body = in.body();
                if (body == null) {
                    in.fail("body or bodyBase64 is missing");
                }
                return conv == null || seq == null || body == null
                        ? null
                        : new CallRequest.MessageEdit(conv, seq, body);
            }
            case MESSAGE_DELETE:
                return delete(in);
            case MESSAGE_REPORT:
                return report(in);
            case MUTE:
                return OwnJson.mute(in);
            case BLOCK:
            case UNBLOCK: {
                UserId user = in.required("user", in.parsed("user", UserId::parse));
                return user == null ? null : new CallRequest.Block(user, method == CallMethod.UNBLOCK);
            }
            case PRESENCE_WATCH:
                return new CallRequest.PresenceWatch(
                        in.users("users", 0, CallRequest.MAX_WATCHED),
                        in.number("seconds", 1, CallRequest.MAX_WATCH_SECONDS, CallRequest.USUAL_WATCH_SECONDS));
            case ME_SETTINGS:
                return new CallRequest.MeSettings(
                        in.maybeFlag("receipts"), in.maybeFlag("presence"), in.maybeFlag("lastSeen"));
            case DEVICE_LIST:
                return new CallRequest.DeviceList();
            case DEVICE_FORGET: {
                DeviceId device = in.required("device", in.parsed("device", DeviceId::parse));
                return device == null ? null : new CallRequest.DeviceForget(device);
            }
            case INBOX:
                return new CallRequest.Inbox(
                        in.number("changedSince", 0, Long.MAX_VALUE),
                        in.parsed("after", ConversationName::parse),
                        in.number("limit", 1, CallRequest.MAX_INBOX, CallRequest.USUAL_INBOX));
            case HISTORY:
                return history(in);
            case PUSH_REGISTER, PUSH_UNREGISTER, PUSH_SETTINGS:
                throw new IllegalStateException("read by the push bridge: " + method);
            case ME:
                return new CallRequest.Me();
        }
        throw new IllegalStateException("a method without fields: " + method);
    }

    private static @Nullable CallRequest delete(Fields in) {
        ConversationName conv = in.required("conv", in.parsed("conv", ConversationName::parse));
        SeqRanges seqs = in.required("seqs", in.ranges("seqs", CallRequest.MAX_RANGES));
        String whom = in.required("for", in.text("for"));
        if (whom != null && !whom.equals("me") && !whom.equals("all")) {
            in.fail("for must be me or all");
        }
        if (seqs != null && seqs.count() > CallRequest.MAX_DELETED) {
            in.fail("seqs must be at most " + CallRequest.MAX_DELETED + " together");
        }
        return conv == null || seqs == null ? null : new CallRequest.MessageDelete(conv, seqs, "all".equals(whom));
    }

    private static @Nullable CallRequest report(Fields in) {
        ConversationName conv = in.required("conv", in.parsed("conv", ConversationName::parse));
        SeqRanges seqs = in.required("seqs", in.ranges("seqs", CallRequest.MAX_REPORTED));
        String reason = in.required("reason", in.parsed("reason", CallJson::reason));
        if (seqs != null
                && (seqs.count() > CallRequest.MAX_REPORTED
                        || seqs.last() - seqs.first() >= CallRequest.MAX_REPORTED_SPAN)) {
            in.fail("seqs must be at most " + CallRequest.MAX_REPORTED + " together, within "
                    + CallRequest.MAX_REPORTED_SPAN + " of the conversation");
        }
        return conv == null || seqs == null || reason == null
                ? null
                : new CallRequest.MessageReport(conv, seqs, reason);
    }

    private static Parsed<String> reason(String text) {
        int length = text.codePointCount(0, text.length());
        return length < 1
                        || length > CallRequest.MAX_REASON
                        || !JsonObjects.wellFormed(text).equals(text)
                ? Parsed.bad("a text of 1…" + CallRequest.MAX_REASON + " characters")
                : Parsed.ok(text);
    }

    private static @Nullable CallRequest history(Fields in) {
        ConversationName conv = in.required("conv", in.parsed("conv", ConversationName::parse));
        Long before = in.number("before", 1, Long.MAX_VALUE);
        Long after = in.number("after", 0, Long.MAX_VALUE);
        int limit = in.number("limit", 1, CallRequest.MAX_HISTORY, CallRequest.USUAL_HISTORY);
        Long beforeTs = in.number("beforeTs", 0, Long.MAX_VALUE);
        Long afterTs = in.number("afterTs", 0, Long.MAX_VALUE);
        if (Stream.of(before, after, beforeTs, afterTs).filter(Objects::nonNull).count() > 1) {
            in.fail("give one of before, after, beforeTs, afterTs");
        }
        return conv == null ? null : new CallRequest.History(conv, before, after, beforeTs, afterTs, limit);
    }
}
