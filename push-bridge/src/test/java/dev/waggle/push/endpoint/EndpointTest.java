package dev.waggle.push.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "https://push.example/a/b?c=d%20e, push.example, 443, /a/b?c=d%20e, https://push.example",
        "HTTPS://Push.Example:443, push.example, 443, /, https://push.example",
        "https://push.example:8443?x, push.example, 8443, /?x, https://push.example:8443",
        "https://xn--bcher-kva.example/, xn--bcher-kva.example, 443, /, https://xn--bcher-kva.example",
        "https://9.9.9.9/x, 9.9.9.9, 443, /x, https://9.9.9.9",
        "https://[2620:fe::fe]:444/x, 2620:fe::fe, 444, /x, https://[2620:fe::fe]:444",
        "https://127.0.0.1/x.google.com/, 127.0.0.1, 443, /x.google.com/, https://127.0.0.1"
    })
    void parse_taken_apart(String text, String host, int port, String target, String origin) {
        Endpoint endpoint = Endpoint.parse(URI.create(text)).get();
        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint.target()).isEqualTo(target);
        assertThat(endpoint.origin()).isEqualTo(origin);
        assertThat(endpoint).hasToString(origin);
        assertThat(endpoint.address() != null).isEqualTo(host.matches("[0-9.]+|.*:.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://push.example/", // without TLS
                "ftp://push.example/",
                "file:///etc/passwd",
                "https:push.example",
                "//push.example/",
                "push.example",
                "https:///path",
                "https://",
                "https://push.example@127.0.0.1/", // a user that looks like the host
                "https://user:pass@push.example/",
                "https://push.example#@127.0.0.1/",
                "https://push.example/#x",
                "https://push.example./", // a dot at the end: another name for certificates
                "https://127.0.0.1./",
                "https://2130706433/", // 127.0.0.1 as one number
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0177.0.0.1/", // octal, for some
                "https://127.0.0.01/",
                "https://127.1/",
                "https://127.0.1/",
                "https://256.0.0.1/",
                "https://1.2.3.4.5/",
                "https://[::ffff:127.0.0.1]/", // version 4 in the clothes of version 6
                "https://[::ffff:7f00:1]/",
                "https://[::ffff:9.9.9.9]/",
                "https://[fe80::1%25eth0]/", // a zone
                "https://[::1]x/",
                "https://a_b.example/",
                "https://push..example/",
                "https://-push.example/",
                "https://push.example:0/",
                "https://push.example:65536/",
                "https://push.example:x/",
                "https://b\u00fccher.example/",
                "https://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/", // digits in circles
                "https://push.example/\u00e4"
            })
    void parse_trick_isRefused_withoutShowingIt(String text) {
        try {
            String reason = Endpoint.parse(new URI(text)).fold(endpoint -> "taken", bad -> bad);
            assertThat(reason).startsWith("the ").doesNotContain(text);
        } catch (URISyntaxException noAddressAtAll) {
            assertThat(noAddressAtAll.getInput()).isEqualTo(text);
        }
    }

    @Test
    void parse_tooLong_isRefused() {
        assertThat(Endpoint.parse(URI.create("https://push.example/" + "x".repeat(2_048)))
                        .isOk())
                .isFalse();
        assertThat(Endpoint.parse(URI.create("https://" + "a".repeat(64) + ".example/"))
                        .isOk())
                .isFalse();
    }

    /** TLS has rules of its own for names, and refuses others with an exception. */
    @Property(tries = 3_000)
    void parse_nameThatIsTaken_isOneForTlsToo(
            @ForAll @Chars({'a', 'x', 'n', 'z', '0', '9', '-', '.'}) @StringLength(min = 1, max = 80) String name) {
        try {
            Endpoint.parse(new URI("https://" + name + "/"))
                    .fold(
                            endpoint -> endpoint.address() == null ? new SNIHostName(endpoint.host()) : "",
                            reason -> reason);
        } catch (URISyntaxException noAddressAtAll) {
            return;
        }
    }

    /** Hosts, as far as Java can make addresses of them. */
    @Property
    void parse_anything_isTotal(@ForAll String text) {
        for (String address : List.of(text, "https://" + text, "https://push.example/" + text)) {
            try {
                Endpoint.parse(new URI(address)).fold(Endpoint::origin, reason -> reason);
            } catch (URISyntaxException noAddressAtAll) {
                continue;
            }
        }
    }
}
