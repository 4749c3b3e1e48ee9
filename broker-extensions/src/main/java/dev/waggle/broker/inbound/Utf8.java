package dev.waggle.broker.inbound;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.MessageProperties;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lengths and validity of UTF-8. */
final class Utf8 {
    private Utf8() {}

    /** Bytes of content type and user properties. */
    static int size(MessageProperties properties) {
        int size = size(properties.contentType());
        for (MessageProperties.UserProperty property : properties.user()) {
            size += size(property.name()) + size(property.value());
        }
        return size;
    }

    private static int size(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair has four bytes, two for each half.
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return size;
    }

    static boolean isValid(Bytes bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.shared()));
            return true;
        } catch (CharacterCodingException bad) {
            return false;
        }
    }
}
