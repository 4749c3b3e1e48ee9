package dev.waggle.broker.push;

import dev.waggle.broker.push.DeadLetter.Cause;
import dev.waggle.push.Push;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.BinaryReader;
import dev.waggle.spec.codec.BinaryWriter;
import java.util.List;
import java.util.UUID;

/** Dead letters as values of records; the first byte is the version of the form. */
final class DeadLetterForm {
    private static final int VERSION = 1;
    private static final int USUAL_ROOM = 256;

    // On disk: given here and not by the order of the constants.
    private static final List<Push.Kind> KINDS =
            List.of(Push.Kind.MESSAGE, Push.Kind.MENTION, Push.Kind.INVITATION, Push.Kind.CALL);
    private static final List<Cause> CAUSES = List.of(Cause.EXPIRED, Cause.UNDELIVERABLE, Cause.PRUNED);

    private DeadLetterForm() {}

    static Bytes encode(DeadLetter letter) {
        return Bytes.wrap(new BinaryWriter(USUAL_ROOM)
                .u8(VERSION)
                .number(letter.at())
                .user(letter.user())
                .device(letter.device())
                .text(letter.outlet().app())
                .text(letter.outlet().provider())
                .text(letter.conversation().text())
                .number(letter.seq())
                .number(letter.from())
                .text(letter.push().toString())
                .u8(KINDS.indexOf(letter.kind()))
                .u8(CAUSES.indexOf(letter.cause()))
                .text(letter.reason())
                .number(letter.tries())
                .toByteArray());
    }

    /** @param id what the key says */
    static Parsed<DeadLetter> decode(String id, Bytes value) {
        return BinaryReader.parse(value.shared(), "dead letter", in -> {
            int version = in.u8();
            if (version != VERSION) {
                throw in.bad("its form is version " + version + ", known is " + VERSION);
            }
            return new DeadLetter(
                    id,
                    in.number(),
                    in.user(),
                    in.device(),
                    new OutletId(in.text(), in.text()),
                    conversation(in),
                    in.number(),
                    in.number(),
                    push(in),
                    one(KINDS, in),
                    one(CAUSES, in),
                    in.text(),
                    in.number(Integer.MAX_VALUE));
        });
    }

    private static ConversationName conversation(BinaryReader in) {
        Parsed<ConversationName> name = ConversationName.parse(in.text());
        if (name instanceof Parsed.Bad<ConversationName> bad) {
            throw in.bad(bad.reason());
        }
        return name.get();
    }

    private static UUID push(BinaryReader in) {
        try {
            return UUID.fromString(in.text());
        } catch (IllegalArgumentException other) {
            throw in.bad("no id of a push");
        }
    }

    private static <T> T one(List<T> all, BinaryReader in) {
        int code = in.u8();
        if (code >= all.size()) {
            throw in.bad("unknown code " + code);
        }
        return all.get(code);
    }
}
