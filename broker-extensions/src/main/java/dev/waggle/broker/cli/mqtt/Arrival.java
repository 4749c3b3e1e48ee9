package dev.waggle.broker.cli.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Something the broker sent. It counts as delivered once {@link #acknowledge} was called. */
public final class Arrival {

    private final Mqtt5Publish publish;

    Arrival(Mqtt5Publish publish) {
        this.publish = publish;
    }

    public String topic() {
        return publish.getTopic().toString();
    }

    public byte[] body() {
        return publish.getPayloadAsBytes();
    }

    /** The body, if it is UTF-8. */
    public Optional<String> text() {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body()));
            return Optional.of(text.toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    /** The body as text, or how long it is. */
    public String textOrLength() {
        return text().orElseGet(() -> "(" + body().length + " bytes)");
    }

    public Optional<String> contentType() {
        return publish.getContentType().map(Object::toString);
    }

    byte[] correlation() {
        return publish.getCorrelationData()
                .map(data -> {
                    byte[] bytes = new byte[data.remaining()];
                    data.duplicate().get(bytes);
                    return bytes;
                })
                .orElseGet(() -> new byte[0]);
    }

    /** Moves the device's cursor. */
    public void acknowledge() {
        if (publish.getQos().getCode() > 0) {
            publish.acknowledge();
        }
    }
}
