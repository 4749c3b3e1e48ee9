package dev.waggle.push.registration;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waggle.push.registration.PushSettings.Elsewhere;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.Fields;
import dev.waggle.spec.codec.JsonForm;
import dev.waggle.spec.codec.JsonObjects;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings as the call {@code push.settings} changes and answers them, and as the store keeps them. {@code {quiet {from, to,
 * zone, days?, mode?}, doNotDisturbUntil, elsewhere, elsewhereSeconds, mentionsBreakMute, callsBreakQuiet, privacy}}.
 */
public final class PushSettingsJson {
    private static final String CALL = "push.settings";
    private static final String STORED = "settings";

    /** Of what is stored; a reader of a newer one knows the older ones. */
    private static final int VERSION = 1;

    private static final int DAYS = 7;
    private static final String HOLD = "hold";
    private static final String SILENT = "silent";

    private PushSettingsJson() {}

    /**
     * Applies the arguments of a call: an absent field leaves the setting as it was, null brings it back to usual. Total.
     */
    public static Parsed<PushSettings> patch(JsonForm form, Bytes arguments, PushSettings before) {
        return JsonObjects.read(form, arguments).then(object -> patch(new Fields(CALL, object), before));
    }

    /**
     * The answer: every setting, and what a browser needs to subscribe.
     *
     * @param applicationServerKey the server's public key (RFC 8292 §3.2), base64url, or null if it sends no Web Push
     */
    public static Bytes write(JsonForm form, PushSettings settings, @Nullable String applicationServerKey) {
        return JsonObjects.write(form, out -> {
            write(settings, out);
            if (applicationServerKey != null) {
                out.writeStringField("applicationServerKey", applicationServerKey);
            }
        });
    }

    /** As the store keeps them. */
    public static Bytes encode(PushSettings settings) {
        return JsonObjects.write(JsonForm.JSON, out -> {
            out.writeNumberField("v", VERSION);
            write(settings, out);
        });
    }

    /** What {@link #encode} wrote, now or in an older version. Total. */
    public static Parsed<PushSettings> decode(Bytes stored) {
        return JsonObjects.read(JsonForm.JSON, stored).then(object -> {
            Fields in = new Fields(STORED, object);
            in.required("v", in.number("v", VERSION, (long) VERSION));
            return patch(in, PushSettings.USUAL);
        });
    }

    private static Parsed<PushSettings> patch(Fields in, PushSettings before) {
        PushSettings usual = PushSettings.USUAL;
        PushSettings after = new PushSettings(
                quiet(in, before),
                changed(
                        in,
                        "doNotDisturbUntil",
                        in.number("doNotDisturbUntil", 0, Long.MAX_VALUE),
                        before,
                        PushSettings::doNotDisturbUntil),
                changed(in, "elsewhere", in.parsed("elsewhere", Elsewhere::parse), before, PushSettings::elsewhere),
                in.isNull("elsewhereSeconds")
                        ? usual.elsewhereSeconds()
                        : in.number(
                                "elsewhereSeconds", 1, PushSettings.MOST_ELSEWHERE_SECONDS, before.elsewhereSeconds()),
                changed(
                        in,
                        "mentionsBreakMute",
                        in.maybeFlag("mentionsBreakMute"),
                        before,
                        PushSettings::mentionsBreakMute),
                changed(in, "callsBreakQuiet", in.maybeFlag("callsBreakQuiet"), before, PushSettings::callsBreakQuiet),
                changed(in, "privacy", in.parsed("privacy", Privacy::parse), before, PushSettings::privacy));
        in.noOthers();
        return in.result(after);
    }

    private static <T> T changed(
            Fields in, String field, @Nullable T given, PushSettings before, Function<PushSettings, T> setting) {
        if (given != null) {
            return given;
        }
        return setting.apply(in.isNull(field) ? PushSettings.USUAL : before);
    }

    private static @Nullable QuietHours quiet(Fields in, PushSettings before) {
        QuietHours given = in.inner("quiet", PushSettingsJson::quiet);
        return given != null || in.isNull("quiet") ? given : before.quiet();
    }

    private static @Nullable QuietHours quiet(Fields in) {
        LocalTime from = in.required("from", in.parsed("from", PushFields::time));
        LocalTime to = in.required("to", in.parsed("to", PushFields::time));
        ZoneId zone = in.required("zone", in.parsed("zone", PushFields::zone));
        List<DayOfWeek> days = in.list("days", 1, DAYS, PushFields::day);
        String mode = in.text("mode");
        if (mode != null && !mode.equals(HOLD) && !mode.equals(SILENT)) {
            in.fail("mode must be " + HOLD + " or " + SILENT);
        }
        if (from == null || to == null || zone == null) {
            return null;
        }
        Set<DayOfWeek> beginning = days == null ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days);
        return new QuietHours(from, to, zone, beginning, !SILENT.equals(mode));
    }

    private static void write(PushSettings settings, JsonGenerator out) throws IOException {
        QuietHours quiet = settings.quiet();
        if (quiet == null) {
            out.writeNullField("quiet");
        } else {
            out.writeObjectFieldStart("quiet");
            write(quiet, out);
            out.writeEndObject();
        }
        out.writeNumberField("doNotDisturbUntil", settings.doNotDisturbUntil());
        out.writeStringField("elsewhere", settings.elsewhere().code());
        out.writeNumberField("elsewhereSeconds", settings.elsewhereSeconds());
        out.writeBooleanField("mentionsBreakMute", settings.mentionsBreakMute());
        out.writeBooleanField("callsBreakQuiet", settings.callsBreakQuiet());
        out.writeStringField("privacy", settings.privacy().code());
    }

    private static void write(QuietHours quiet, JsonGenerator out) throws IOException {
        out.writeStringField("from", quiet.from().toString());
        out.writeStringField("to", quiet.to().toString());
        out.writeStringField("zone", quiet.zone().getId());
        out.writeArrayFieldStart("days");
        for (DayOfWeek day : DayOfWeek.values()) {
            if (quiet.days().contains(day)) {
                out.writeString(PushFields.text(day));
            }
        }
        out.writeEndArray();
        out.writeStringField("mode", quiet.hold() ? HOLD : SILENT);
    }
}
