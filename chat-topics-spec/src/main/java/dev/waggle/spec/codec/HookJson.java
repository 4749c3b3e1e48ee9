package dev.waggle.spec.codec;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;

/** What an operator's program is asked about a message, and what it answers. */
public final class HookJson {
    private HookJson() {}

    /**
     * {@code {"user":…,"agent"?:…,"conv":…,"kind":"message"|"edit","seq"?:n,"contentType"?:…,"body" or "bodyBase64":…}}; the
     * conversation as the author names it, the seq of the message that is edited.
     */
    public static Bytes question(Command.OfConversation command) {
        return JsonObjects.write(JsonForm.JSON, out -> {
            UserId user = command.actor().user();
            UserId agent = command.actor().author().agent();
            out.writeStringField("user", user.value());
            CallResultJson.text("agent", agent == null ? null : agent.value(), out);
            out.writeStringField("conv", command.conversation().seenBy(user).text());
            if (command instanceof Command.EditMessage edit) {
                out.writeStringField("kind", "edit");
                out.writeNumberField("seq", edit.seq());
                CallResultJson.body(edit.body(), out);
            } else if (command instanceof Command.SendMessage send) {
                out.writeStringField("kind", "message");
                CallResultJson.text("contentType", send.properties().contentType(), out);
                CallResultJson.body(send.body(), out);
            }
        });
    }

    /** {@code {"verdict":"…"}}; other fields are nothing to us. Total. */
    public static Parsed<String> verdict(Bytes answer) {
        return JsonObjects.read(JsonForm.JSON, answer).then(object -> {
            Fields in = new Fields("answer", object);
            return in.result(in.required("verdict", in.text("verdict")));
        });
    }
}
