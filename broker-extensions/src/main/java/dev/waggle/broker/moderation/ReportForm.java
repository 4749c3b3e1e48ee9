package dev.waggle.broker.moderation;

import dev.waggle.broker.moderation.Report.Action;
import dev.waggle.broker.moderation.Report.Cause;
import dev.waggle.broker.moderation.Report.Closing;
import dev.waggle.broker.moderation.Report.Evidence;
import dev.waggle.broker.moderation.Report.State;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.BinaryReader;
import dev.waggle.spec.codec.BinaryWriter;
import java.util.List;

/** Reports as values of records; the first byte is the version of the form. */
final class ReportForm {
    private static final int VERSION = 1;
    private static final int USUAL_ROOM = 512;

    // On disk: given here and not by the order of the constants.
    private static final List<Cause> CAUSES = List.of(Cause.USER, Cause.WORD, Cause.ADDRESS, Cause.HOOK);
    private static final List<State> STATES = List.of(State.OPEN, State.RESOLVED, State.DISMISSED);
    private static final List<Action> ACTIONS = List.of(Action.NONE, Action.DELETE, Action.SHADOW, Action.BAN);

    private ReportForm() {}

    static Bytes encode(Report report) {
        BinaryWriter out = new BinaryWriter(USUAL_ROOM)
                .u8(VERSION)
                .number(report.at())
                .maybeUser(report.reporter())
                .u8(CAUSES.indexOf(report.cause()))
                .conversation(report.conversation())
                .text(report.reason())
                .bytes(report.request())
                .list(report.evidence(), ReportForm::evidence);
        Closing closing = report.closing();
        out.flag(closing != null);
        if (closing != null) {
            out.u8(STATES.indexOf(closing.state()))
                    .user(closing.by())
                    .number(closing.at())
                    .u8(ACTIONS.indexOf(closing.action()))
                    .text(closing.note());
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** @param id what the key says */
    static Parsed<Report> decode(String id, Bytes value) {
        return BinaryReader.parse(value.shared(), "report", in -> {
            int version = in.u8();
            if (version != VERSION) {
                throw in.bad("its form is version " + version + ", known is " + VERSION);
            }
            return new Report(
                    id,
                    in.number(),
                    in.maybeUser(),
                    one(CAUSES, in),
                    in.conversation(),
                    in.text(),
                    in.bytes(),
                    in.list(ReportForm::evidence),
                    in.flag()
                            ? new Closing(one(STATES, in), in.user(), in.number(), one(ACTIONS, in), in.text())
                            : null);
        });
    }

    private static void evidence(BinaryWriter out, Evidence one) {
        out.number(one.seq())
                .number(one.ts())
                .author(one.from())
                .maybeText(one.contentType())
                .bytes(one.body())
                .number(one.size());
    }

    private static Evidence evidence(BinaryReader in) {
        return new Evidence(
                in.number(), in.number(), in.author(), in.maybeText(), in.bytes(), in.number(Integer.MAX_VALUE));
    }

    private static <T> T one(List<T> all, BinaryReader in) {
        int code = in.u8();
        if (code >= all.size()) {
            throw in.bad("unknown code " + code);
        }
        return all.get(code);
    }
}
