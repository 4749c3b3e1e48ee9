package dev.waggle.spec.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.spec.topic.ServerTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes the answers of calls. */
final class CallResultJson {
    private CallResultJson() {}

    static Bytes write(CallResult result, JsonForm form) {
        if (result instanceof CallResult.Push push) {
            return push.json();
        }
        return JsonObjects.write(form, out -> fields(result, form, out));
    }

    static int size(CallResult.Conversation line, JsonForm form) {
        return JsonObjects.write(form, out -> line(line, form, out)).size() + 1;
    }

    private static void fields(CallResult result, JsonForm form, JsonGenerator out) throws IOException {
        if (result instanceof CallResult.OfGroup ofGroup) {
            GroupCallJson.write(ofGroup, out);
        } else if (result instanceof CallResult.MessageEdited edited) {
            out.writeNumberField("seq", edited.seq());
            out.writeNumberField("ts", edited.ts());
        } else if (result instanceof CallResult.MessagesDeleted deleted) {
            out.writeNumberField("deleted", deleted.deleted());
            out.writeNumberField("seq", deleted.seq());
        } else if (result instanceof CallResult.GroupInfo info) {
            GroupCallJson.write(info, out);
        } else if (result instanceof CallResult.Inbox inbox) {
            inbox(inbox, form, out);
        } else if (result instanceof CallResult.History history) {
            history(history, out);
        } else if (result instanceof CallResult.PresenceWatch watch) {
            watch(watch, out);
        } else if (result instanceof CallResult.Reported reported) {
            out.writeStringField("report", reported.report());
        } else if (result instanceof CallResult.Devices devices) {
            devices(devices, out);
        } else if (result instanceof CallResult.DeviceForgotten gone) {
            out.writeBooleanField("forgotten", gone.forgotten());
        } else if (result instanceof CallResult.Muted muted) {
            OwnJson.muted(muted, out);
        } else if (result instanceof CallResult.Settings settings) {
            settings(settings.settings(), out);
        } else {
            me((CallResult.Me) result, out);
        }
    }

    private static void watch(CallResult.PresenceWatch watch, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("users");
        for (CallResult.Seen seen : watch.users()) {
            out.writeStartObject();
            out.writeStringField("user", seen.user().value());
            out.writeStringField("state", seen.state().code());
            if (seen.since() > 0) {
                out.writeNumberField("since", seen.since());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("until", watch.until());
    }

    private static void devices(CallResult.Devices devices, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("devices");
        for (CallResult.Device one : devices.devices()) {
            out.writeStartObject();
            out.writeStringField("device", one.device().value());
            out.writeBooleanField("online", one.online());
            out.writeBooleanField("durable", one.durable());
            out.writeNumberField("lastSeen", one.lastSeen());
            if (one.expires() > 0) {
                out.writeNumberField("expires", one.expires());
            }
            out.writeBooleanField("push", one.push());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void settings(UserSettings settings, JsonGenerator out) throws IOException {
        out.writeBooleanField("receipts", settings.receipts());
        out.writeBooleanField("presence", settings.presence());
        out.writeBooleanField("lastSeen", settings.lastSeen());
        users("blocked", List.copyOf(new TreeSet<>(settings.blocked())), out);
    }

    private static void inbox(CallResult.Inbox inbox, JsonForm form, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("conversations");
        for (CallResult.Conversation one : inbox.conversations()) {
            out.writeStartObject();
            line(one, form, out);
            out.writeEndObject();
        }
        out.writeEndArray();
        text("next", inbox.next() == null ? null : inbox.next().text(), out);
    }

    /** CBOR is for those who count bytes: what is as it mostly is is left out. */
    private static void line(CallResult.Conversation one, JsonForm form, JsonGenerator out) throws IOException {
        boolean whole = form == JsonForm.JSON;
        out.writeStringField("conv", one.conv().text());
        out.writeNumberField("last", one.last());
        out.writeNumberField("lastTs", one.lastTs());
        if (whole || one.delivered() != one.last()) {
            out.writeNumberField("delivered", one.delivered());
        }
        if (whole || one.read() != one.last()) {
            out.writeNumberField("read", one.read());
        }
        if (whole || one.unread() != 0) {
            out.writeNumberField("unread", one.unread());
        }
        OwnJson.unusual(one.mutedUntil(), one.level(), out);
    }

    private static void history(CallResult.History history, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("messages");
        for (Event.LogEntry entry : history.messages()) {
            out.writeStartObject();
            out.writeNumberField("seq", entry.seq());
            out.writeNumberField("ts", entry.ts());
            out.writeStringField("from", entry.from().text());
            if (entry instanceof Event.MessageStored message) {
                body(message.body(), out);
                text("contentType", message.properties().contentType(), out);
                Event.Edit edit = message.edit();
                if (edit != null) {
                    out.writeNumberField("edited", edit.ts());
                }
            } else if (entry instanceof Event.MessageErased erased) {
                text("kind", erased.edit() ? ServerTopic.Ev.EDIT : null, out);
                out.writeBooleanField("deleted", true);
            } else {
                out.writeStringField("kind", EventPayload.kind(entry));
                body(EventPayload.json(entry), out);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("first", history.first());
        out.writeNumberField("last", history.last());
        Long next = history.next();
        if (next != null) {
            out.writeNumberField("next", next);
        }
    }

    private static void me(CallResult.Me me, JsonGenerator out) throws IOException {
        out.writeStringField("user", me.user().value());
        DeviceId device = me.device();
        text("device", device == null ? null : device.value(), out);
        out.writeArrayFieldStart("roles");
        for (String role : me.roles()) {
            out.writeString(role);
        }
        out.writeEndArray();
        out.writeNumberField("exp", me.exp());
        out.writeObjectFieldStart("limits");
        limits(me.limits(), out);
        out.writeEndObject();
        out.writeNumberField("now", me.now());
    }

    private static void limits(Limits limits, JsonGenerator out) throws IOException {
        out.writeNumberField("body", limits.body());
        out.writeNumberField("properties", limits.properties());
        out.writeNumberField("packet", limits.packet());
        out.writeNumberField("receiveMaximum", limits.receiveMaximum());
        out.writeNumberField("topic", limits.topic());
        out.writeNumberField("groupMembers", limits.groupMembers());
        out.writeNumberField("devicesPerUser", limits.devicesPerUser());
        out.writeNumberField("inboxEntries", limits.inboxEntries());
        out.writeNumberField("inboxAgeSeconds", limits.inboxAge().toSeconds());
        out.writeNumberField("conversationsPerDay", limits.conversationsPerDay());
        out.writeNumberField("sessionExpirySeconds", limits.sessionExpiry().toSeconds());
        out.writeNumberField("keyWindowSeconds", limits.keyWindow().toSeconds());
        out.writeNumberField("callKeyWindowSeconds", limits.callKeyWindow().toSeconds());
        out.writeNumberField("windowMessages", limits.windowMessages());
        out.writeNumberField("windowBytes", limits.windowBytes());
        out.writeNumberField("historyEntries", limits.history().entries());
        out.writeNumberField("historyAgeSeconds", limits.history().age().toSeconds());
        out.writeNumberField("editWindowSeconds", limits.history().editWindow().toSeconds());
        out.writeNumberField(
                "recallWindowSeconds", limits.history().recallWindow().toSeconds());
    }

    /** As text if it is one; otherwise as base64, which CBOR has no need of: there it is a byte string. */
    static void body(Bytes body, JsonGenerator out) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.shared()))
                    .toString();
            out.writeStringField("body", text);
        } catch (CharacterCodingException notText) {
            out.writeBinaryField("bodyBase64", body.shared());
        }
    }

    static void users(String field, List<UserId> users, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(field);
        for (UserId user : users) {
            out.writeString(user.value());
        }
        out.writeEndArray();
    }

    static void text(String field, @Nullable String text, JsonGenerator out) throws IOException {
        if (text != null) {
            out.writeStringField(field, JsonObjects.wellFormed(text));
        }
    }
}
