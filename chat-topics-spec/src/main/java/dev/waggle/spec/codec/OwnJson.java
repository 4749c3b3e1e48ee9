package dev.waggle.spec.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.call.CallRequest;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.MutePatch;
import dev.waggle.spec.message.OwnSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a user has set for one conversation, as JSON: the call {@code mute} and the payload of {@code mine}. */
public final class OwnJson {
    private OwnJson() {}

    /** {@code {"hidden":[[a,b],…],"mutedUntil":n,"level":"…"}}, the last two only where they are not the usual ones. */
    public static Bytes mine(OwnSettings own) {
        return JsonObjects.write(JsonForm.JSON, out -> {
            ErasureJson.ranges("hidden", own.hidden(), out);
            unusual(own.mutedUntil(), own.level(), out);
        });
    }

    /** What {@code mine} tells. Total; fields and levels of later versions are nothing to it. */
    public static Parsed<OwnSettings> readMine(Bytes payload) {
        return JsonObjects.read(JsonForm.JSON, payload).then(object -> {
            Fields in = new Fields("mine", object);
            SeqRanges hidden = in.ranges("hidden", Integer.MAX_VALUE);
            Long until = in.number("mutedUntil", 0, OwnSettings.FOR_EVER);
            String level = in.text("level");
            return in.result(new OwnSettings(
                    until == null ? 0 : until,
                    level == null
                            ? OwnSettings.Level.ALL
                            : OwnSettings.Level.of(level).orElse(OwnSettings.Level.ALL),
                    hidden == null ? SeqRanges.NONE : hidden,
                    0));
        });
    }

    static @Nullable CallRequest mute(Fields in) {
        ConversationName conv = in.required("conv", in.parsed("conv", ConversationName::parse));
        Long seconds = in.number("seconds", 0, MutePatch.MAX_SECONDS);
        Long until = in.number("until", 0, OwnSettings.FOR_EVER);
        OwnSettings.Level level = in.parsed("level", OwnJson::level);
        if (seconds != null && until != null) {
            in.fail("give seconds or until, not both");
        }
        return conv == null ? null : new CallRequest.Mute(conv, new MutePatch(seconds, until, level));
    }

    static void muted(CallResult.Muted muted, JsonGenerator out) throws IOException {
        out.writeNumberField("mutedUntil", muted.until());
        out.writeStringField("level", muted.level().code());
    }

    /** What a line of an inbox tells of it. */
    static void unusual(long mutedUntil, OwnSettings.Level level, JsonGenerator out) throws IOException {
        if (mutedUntil != 0) {
            out.writeNumberField("mutedUntil", mutedUntil);
        }
        if (level != OwnSettings.Level.ALL) {
            out.writeStringField("level", level.code());
        }
    }

    private static Parsed<OwnSettings.Level> level(String code) {
        return OwnSettings.Level.of(code)
                .map(Parsed::ok)
                .orElseGet(() -> Parsed.bad("level is one of all, mentions, none"));
    }
}
