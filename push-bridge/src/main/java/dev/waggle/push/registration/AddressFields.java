package dev.waggle.push.registration;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waggle.push.Address;
import dev.waggle.push.endpoint.Endpoint;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.Fields;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses in JSON: for each provider exactly the fields that it needs. */
final class AddressFields {
    private static final List<String> PROVIDERS = List.of("fcm", "apns", "webpush", "webhook");

    /** Bundle ids, with what Apple appends to them, are short; more would be no header. */
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9.-]{1,255}");

    /** The token stands in a path; its length must not be assumed. */
    private static final Pattern APNS_TOKEN = Pattern.compile("([0-9A-Fa-f]{2})+");

    /** Whatever Google puts into one; it stands in JSON only. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    private AddressFields() {}

    static @Nullable Address read(String provider, Fields in) {
        switch (provider) {
            case "fcm":
                return fcm(in);
            case "apns":
                return apns(in);
            case "webpush":
                return in.required("subscription", in.inner("subscription", AddressFields::webPush));
            case "webhook":
                String value = in.required("token", in.parsed("token", text -> token(text, PRINTABLE)));
                return value == null ? null : new Address.Webhook(value);
            default:
                throw new IllegalArgumentException("no provider: " + provider);
        }
    }

    static Parsed<String> provider(String text) {
        return PROVIDERS.contains(text)
                ? Parsed.ok(text)
                : Parsed.bad("must be one of " + String.join(", ", PROVIDERS));
    }

    private static @Nullable Address fcm(Fields in) {
        String token = in.parsed("token", text -> token(text, PRINTABLE));
        String fid = in.parsed("fid", text -> token(text, PRINTABLE));
        if ((token == null) == (fid == null)) {
            in.fail("give token or fid, one of them");
        }
        return fid != null ? new Address.Fcm(fid, true) : token == null ? null : new Address.Fcm(token, false);
    }

    private static @Nullable Address apns(Fields in) {
        String token = in.required("token", in.parsed("token", text -> token(text, APNS_TOKEN)));
        String topic = in.parsed("topic", AddressFields::topic);
        String environment = in.text("environment");
        if (environment != null && !environment.equals("production") && !environment.equals("sandbox")) {
            in.fail("environment must be production or sandbox");
        }
        return token == null
                ? null
                : new Address.Apns(token, topic == null ? "" : topic, "sandbox".equals(environment));
    }

    private static @Nullable Address webPush(Fields in) {
        URI endpoint = in.required("endpoint", in.parsed("endpoint", AddressFields::endpoint));
        // Browsers put it beside the others, null mostly; it says nothing that we may rely on.
        in.number("expirationTime", 0, Long.MAX_VALUE);
        SealKey keys = in.required("keys", in.inner("keys", PushFields::key));
        return endpoint == null || keys == null ? null : new Address.WebPush(endpoint, keys.key(), keys.secret());
    }

    private static Parsed<String> token(String text, Pattern form) {
        return text.getBytes(StandardCharsets.UTF_8).length <= Address.MOST_TOKEN_BYTES
                        && form.matcher(text).matches()
                ? Parsed.ok(text)
                : Parsed.bad("is no address of this provider, or has over " + Address.MOST_TOKEN_BYTES + " bytes");
    }

    private static Parsed<String> topic(String text) {
        return TOPIC.matcher(text).matches() ? Parsed.ok(text) : Parsed.bad("must match " + TOPIC);
    }

    /** Where the name leads is asked before each push; here only what it is. */
    private static Parsed<URI> endpoint(String text) {
        if (text.length() <= Address.MOST_ENDPOINT_BYTES
                && PRINTABLE.matcher(text).matches()) {
            try {
                URI uri = new URI(text);
                if (Endpoint.parse(uri).isOk()) {
                    return Parsed.ok(uri);
                }
            } catch (URISyntaxException none) {
                // Said below.
            }
        }
        return Parsed.bad("must be an https address of at most " + Address.MOST_ENDPOINT_BYTES
                + " bytes with a host and without a user");
    }

    static void write(Address address, JsonGenerator out) throws IOException {
        out.writeStringField("provider", address.provider());
        if (address instanceof Address.Fcm fcm) {
            out.writeStringField(fcm.installation() ? "fid" : "token", fcm.value());
        } else if (address instanceof Address.Apns apns) {
            out.writeStringField("token", apns.token());
            if (!apns.topic().isEmpty()) {
                out.writeStringField("topic", apns.topic());
            }
            out.writeStringField("environment", apns.sandbox() ? "sandbox" : "production");
        } else if (address instanceof Address.WebPush web) {
            out.writeObjectFieldStart("subscription");
            out.writeStringField("endpoint", web.endpoint().toString());
            out.writeObjectFieldStart("keys");
            writeKey(new SealKey(web.key(), web.secret()), out);
            out.writeEndObject();
            out.writeEndObject();
        } else {
            out.writeStringField("token", ((Address.Webhook) address).value());
        }
    }

    static void writeKey(SealKey key, JsonGenerator out) throws IOException {
        out.writeStringField("p256dh", PushFields.text(key.key()));
        out.writeStringField("auth", PushFields.text(key.secret()));
    }
}
