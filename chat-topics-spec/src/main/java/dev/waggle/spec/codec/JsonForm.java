package dev.waggle.spec.codec;

import org.jspecify.annotations.Nullable;

/** The two forms of payloads with fields. */
public enum JsonForm {
    JSON("application/json"),
    CBOR("application/cbor");

    /** Largest payload with fields. Enough for a thousand of the longest ids. */
    public static final int MAX_BYTES = 128 * 1024;

    private final String contentType;

    JsonForm(String contentType) {
        this.contentType = contentType;
    }

    /** As it stands in the Content Type of MQTT 5 and of HTTP. */
    public String contentType() {
        return contentType;
    }

    /** The form that a Content Type names: CBOR if it says so, JSON otherwise. Parameters are left out. */
    public static JsonForm of(@Nullable String contentType) {
        if (contentType == null) {
            return JSON;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.equalsIgnoreCase(CBOR.contentType) ? CBOR : JSON;
    }
}
