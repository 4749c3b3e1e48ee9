package dev.waggle.spec.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.SeqRange;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.Event;
import java.io.IOException;

/**
 * The JSON of {@code ev/…/edit} and {@code ev/…/delete}. The readers are what a client needs; they are total, and fields
 * that they do not know are nothing to them.
 */
public final class ErasureJson {
    private ErasureJson() {}

    /**
     * What {@code edit} tells.
     *
     * @param seq of the message
     * @param body that it has now
     */
    public record Edit(long seq, Bytes body) {}

    /** {@code {"seq":n,"body":"…"}}, or {@code bodyBase64} if the body is no UTF-8. */
    static Bytes edit(Event.MessageEdited edited) {
        return JsonObjects.write(JsonForm.JSON, out -> {
            out.writeNumberField("seq", edited.target());
            CallResultJson.body(edited.body(), out);
        });
    }

    public static Parsed<Edit> readEdit(Bytes payload) {
        return JsonObjects.read(JsonForm.JSON, payload).then(object -> {
            Fields in = new Fields("edit", object);
            Long seq = in.required("seq", in.number("seq", 1, Long.MAX_VALUE));
            Bytes body = in.required("body", in.body());
            return in.result(seq == null || body == null ? null : new Edit(seq, body));
        });
    }

    /** {@code {"seqs":[[a,b],…]}}. */
    static Bytes delete(Event.MessagesDeleted deleted) {
        return JsonObjects.write(JsonForm.JSON, out -> ranges("seqs", deleted.seqs(), out));
    }

    public static Parsed<SeqRanges> readDelete(Bytes payload) {
        return JsonObjects.read(JsonForm.JSON, payload).then(object -> {
            Fields in = new Fields("delete", object);
            return in.result(in.required("seqs", in.ranges("seqs", Integer.MAX_VALUE)));
        });
    }

    static void ranges(String field, SeqRanges seqs, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(field);
        for (SeqRange range : seqs.ranges()) {
            out.writeStartArray();
            out.writeNumber(range.from());
            out.writeNumber(range.to());
            out.writeEndArray();
        }
        out.writeEndArray();
    }
}
