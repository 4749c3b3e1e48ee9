package dev.waggle.push.text;

import dev.waggle.push.Push;
import dev.waggle.push.rules.Waiting;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.codec.JsonForm;
import dev.waggle.spec.codec.JsonObjects;
import java.util.List;

/**
 * What the app finds when it opens what was sealed for it: {@code {v, kind, conv, from, seq, ts, count, text?, contentType?,
 * group?}} about the newest message.
 */
final class SealedContent {
    private static final int VERSION = 1;

    /** Sealed, as base64 and with all else it fits into the 4,096 bytes that providers take. */
    static final int MOST_BYTES = 2_200;

    private static final int MOST_TEXT_BYTES = 1_500;
    private static final int MOST_NAME_BYTES = 255;

    private SealedContent() {}

    static Bytes of(Push.Kind kind, List<Waiting> entries, int total) {
        Waiting newest = entries.get(entries.size() - 1);
        int mostText = MOST_TEXT_BYTES;
        Bytes content = write(kind, newest, total, mostText);
        while (content.size() > MOST_BYTES && mostText > 0) {
            // JSON has six bytes for a control character and twelve for an emoji.
            mostText /= 2;
            content = write(kind, newest, total, mostText);
        }
        return content;
    }

    private static Bytes write(Push.Kind kind, Waiting newest, int total, int mostText) {
        return JsonObjects.write(JsonForm.JSON, out -> {
            out.writeNumberField("v", VERSION);
            out.writeStringField("kind", kind.code());
            out.writeStringField("conv", newest.conversation().text());
            out.writeStringField("from", newest.from().value());
            out.writeNumberField("seq", newest.seq());
            out.writeNumberField("ts", newest.ts());
            out.writeNumberField("count", total);
            String text = newest.text();
            if (text != null) {
                out.writeStringField("text", cut(text, mostText));
            }
            String contentType = newest.contentType();
            if (contentType != null) {
                out.writeStringField("contentType", cut(contentType, MOST_NAME_BYTES));
            }
            String group = newest.groupName();
            if (group != null) {
                out.writeStringField("group", cut(group, MOST_NAME_BYTES));
            }
        });
    }

    private static String cut(String text, int most) {
        return PlainText.beginning(JsonObjects.wellFormed(text), most);
    }
}
