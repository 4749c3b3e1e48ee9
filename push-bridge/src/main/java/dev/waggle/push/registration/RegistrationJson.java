package dev.waggle.push.registration;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.push.Address;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.Fields;
import dev.waggle.spec.codec.JsonForm;
import dev.waggle.spec.codec.JsonObjects;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A registration as a device gives it, the arguments of the call {@code push.register}, and as the store keeps it.
 * {@code {provider, token | fid | subscription {endpoint, keys {p256dh, auth}}, topic?, environment?, app?, locale?, zone?,
 * version?, privacy?, texts?, seal? {p256dh, auth}}}. Bytes are base64url, with or without padding.
 */
public final class RegistrationJson {
    private static final String CALL = "push.register";
    private static final String STORED = "registration";

    /** Of what is stored; a reader of a newer one knows the older ones. */
    private static final int VERSION = 1;

    private static final Pattern APP = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern APP_VERSION = Pattern.compile("[\\x20-\\x7e]{0,64}");

    private RegistrationJson() {}

    /**
     * Reads the arguments of a call. Total: what does not fit is a reason that names the field and what is allowed.
     *
     * @param at when it came, Unix milliseconds
     */
    public static Parsed<Registration> read(JsonForm form, Bytes arguments, long at) {
        return JsonObjects.read(form, arguments).then(object -> read(new Fields(CALL, object), at));
    }

    /** As the store keeps it. Contains what must not be shown. */
    public static Bytes encode(Registration registration) {
        return JsonObjects.write(JsonForm.JSON, out -> {
            out.writeNumberField("v", VERSION);
            out.writeNumberField("at", registration.at());
            write(registration, out);
        });
    }

    /** What {@link #encode} wrote, now or in an older version. Total. */
    public static Parsed<Registration> decode(Bytes stored) {
        return JsonObjects.read(JsonForm.JSON, stored).then(RegistrationJson::decode);
    }

    private static Parsed<Registration> decode(ObjectNode object) {
        Fields in = new Fields(STORED, object);
        in.required("v", in.number("v", VERSION, (long) VERSION));
        Long at = in.required("at", in.number("at", 0, Long.MAX_VALUE));
        return read(in, at == null ? 0 : at);
    }

    private static Parsed<Registration> read(Fields in, long at) {
        String provider = in.required("provider", in.parsed("provider", AddressFields::provider));
        if (provider == null) {
            // Which other fields there may be depends on it.
            return in.result(null);
        }
        Address address = AddressFields.read(provider, in);
        String app = in.parsed("app", text -> matching(text, APP));
        Locale locale = in.parsed("locale", PushFields::locale);
        ZoneId zone = in.parsed("zone", PushFields::zone);
        String version = in.parsed("version", text -> matching(text, APP_VERSION));
        Privacy privacy = in.parsed("privacy", Privacy::parse);
        boolean texts = in.flag("texts");
        SealKey seal = in.inner("seal", PushFields::key);
        if (privacy == Privacy.SEALED && seal == null) {
            in.fail("privacy " + Privacy.SEALED.code() + " needs a key: seal is missing");
        }
        in.noOthers();
        return in.result(
                address == null
                        ? null
                        : new Registration(
                                app == null ? Registration.USUAL_APP : app,
                                address,
                                locale == null ? Locale.ENGLISH : locale,
                                zone == null ? ZoneOffset.UTC : zone,
                                version == null ? "" : version,
                                privacy,
                                texts,
                                seal,
                                at));
    }

    private static Parsed<String> matching(String text, Pattern form) {
        return form.matcher(text).matches() ? Parsed.ok(text) : Parsed.bad("must match " + form);
    }

    private static void write(Registration registration, JsonGenerator out) throws IOException {
        AddressFields.write(registration.address(), out);
        out.writeStringField("app", registration.app());
        out.writeStringField("locale", registration.locale().toLanguageTag());
        out.writeStringField("zone", registration.zone().getId());
        out.writeStringField("version", registration.appVersion());
        Privacy privacy = registration.privacy();
        if (privacy != null) {
            out.writeStringField("privacy", privacy.code());
        }
        out.writeBooleanField("texts", registration.knowsTexts());
        SealKey seal = registration.seal();
        if (seal != null) {
            out.writeObjectFieldStart("seal");
            AddressFields.writeKey(seal, out);
            out.writeEndObject();
        }
    }
}
