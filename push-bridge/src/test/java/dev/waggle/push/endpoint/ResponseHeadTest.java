package dev.waggle.push.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {
    private static ResponseHead read(String text) throws IOException {
        return ResponseHead.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void read_statusAndRetryAfter_andNoMore() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(
                "HTTP/1.1 429 Too Many\r\nX: y\r\nretry-AFTER:\t60 \r\nRetry-After: 7\r\n\r\nbody"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(ResponseHead.read(in)).isEqualTo(new ResponseHead(429, "60"));
        assertThat(in.available()).isEqualTo("body".length());
    }

    @Test
    void read_interimResponses_arePassedOver() throws IOException {
        assertThat(
                        read(
                                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nRetry-After: 1\r\n\r\nHTTP/1.0 201\r\n\r\n"))
                .isEqualTo(new ResponseHead(201, null));
        assertThat(read("HTTP/1.1 201 Created\nA: b\n\n")).isEqualTo(new ResponseHead(201, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 201",
                "HTTP/1.1 201 Created\r\n",
                "HTTP/2 201\r\n\r\n",
                "HTTP/1.1 20\r\n\r\n",
                "HTTP/1.1 2010\r\n\r\n",
                "SSH-2.0-x\r\n\r\n",
                "\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void read_somethingElse_fails(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void read_endlessHead_isGivenUp() {
        for (String flood : new String[] {
            "x".repeat(ResponseHead.MOST_BYTES * 2),
            "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(ResponseHead.MOST_BYTES),
            "HTTP/1.1 100 OK\r\n\r\n".repeat(ResponseHead.MOST_BYTES)
        }) {
            assertThatThrownBy(() -> read(flood)).isInstanceOf(IOException.class);
        }
    }

    @Property
    void read_anything_isAHeadOrAFailure(@ForAll byte[] bytes) {
        try {
            assertThat(ResponseHead.read(new ByteArrayInputStream(bytes)).status())
                    .isBetween(200, 999);
        } catch (IOException garbage) {
            assertThat(garbage).hasMessageStartingWith("the answer");
        }
    }
}
