package dev.waggle.store.storage;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a log row that only messages have. */
final class MessageForm {
    private static final int UTF8 = 1;
    private static final int CONTENT_TYPE = 2;
    private static final int EXPIRY = 4;
    private static final int USER_PROPERTIES = 8;

    private MessageForm() {}

    static void write(Event.MessageStored message, RowWriter writer) {
        MessageProperties properties = message.properties();
        String contentType = properties.contentType();
        writer.one((properties.utf8() ? UTF8 : 0)
                | (contentType != null ? CONTENT_TYPE : 0)
                | (properties.expirySeconds() != 0 ? EXPIRY : 0)
                | (properties.user().isEmpty() ? 0 : USER_PROPERTIES));
        if (contentType != null) {
            writer.text(contentType);
        }
        if (properties.expirySeconds() != 0) {
            writer.number(properties.expirySeconds());
        }
        if (!properties.user().isEmpty()) {
            writer.number(properties.user().size());
            properties.user().forEach(one -> writer.text(one.name()).text(one.value()));
        }
        writer.raw(message.body().shared());
    }

    static Event.MessageStored read(
            ConversationId conversation, long seq, long ts, Author from, @Nullable DeviceId device, RowReader reader) {
        MessageProperties properties = properties(reader);
        return new Event.MessageStored(conversation, seq, ts, from, device, properties, reader.rest());
    }

    private static MessageProperties properties(RowReader reader) {
        int flags = reader.one();
        if (flags == 0) {
            return MessageProperties.NONE;
        }
        String contentType = (flags & CONTENT_TYPE) != 0 ? reader.text() : null;
        long expirySeconds = (flags & EXPIRY) != 0 ? reader.number() : 0;
        List<UserProperty> user = (flags & USER_PROPERTIES) != 0 ? userProperties(reader) : List.of();
        return new MessageProperties(contentType, (flags & UTF8) != 0, expirySeconds, user);
    }

    private static List<UserProperty> userProperties(RowReader reader) {
        int count = reader.count();
        List<UserProperty> user = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            user.add(new UserProperty(reader.text(), reader.text()));
        }
        return user;
    }
}
