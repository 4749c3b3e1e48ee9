package dev.waggle.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.NetworkRange;
import dev.waggle.spec.Parsed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3",
        "::1, ::1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::/64, 2001:db8:1:2:0:0:0:0/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64",
        "::ffff:10.1.2.3, 10.1.2.3"
    })
    void parse_address_isItsNetwork(String text, String network) {
        assertThat(Network.parse(text)).isEqualTo(Parsed.ok(new Network(network)));
        assertThat(Network.parse(network).get().text()).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "localhost", "1.2.3", "1.2.3.4.5", "300.1.1.1", ":::", "1", "abba", "-"})
    void parse_noAddress_isRefusedAndNeverLookedUp(String text) {
        assertThat(Network.parse(text).isOk()).isFalse();
        assertThat(Network.ofText(text)).isEqualTo(Network.UNKNOWN);
    }

    @Property(tries = 2_000)
    void of_addressesOfOneHousehold_areOneNetwork(@ForAll @Size(16) byte[] one, @ForAll @Size(8) byte[] otherHalf)
            throws UnknownHostException {
        InetAddress first = InetAddress.getByAddress(one);
        byte[] other = one.clone();
        System.arraycopy(otherHalf, 0, other, 8, 8);
        InetAddress second = InetAddress.getByAddress(other);
        if (first.getAddress().length == 16
                && second.getAddress().length == 16
                && !first.isLoopbackAddress()
                && !second.isLoopbackAddress()) {
            assertThat(Network.of(first)).isEqualTo(Network.of(second));
        }
    }

    @Property(tries = 2_000)
    void holds_anAddressAndItsNeighbourBeyondTheBits(
            @ForAll @Size(4) byte[] bytes, @ForAll @IntRange(min = 1, max = 32) int bits) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        NetworkRange range =
                NetworkRange.parse(address.getHostAddress() + "/" + bits).get();
        assertThat(Network.of(address).isIn(range)).isTrue();
        byte[] outside = bytes.clone();
        outside[(bits - 1) / 8] ^= (byte) (0x80 >> (bits - 1) % 8);
        assertThat(Network.of(InetAddress.getByAddress(outside)).isIn(range)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.3.2.1, true",
        "127.0.0.0/8, 128.0.0.1, false",
        "::1, ::1, true",
        "::1, 127.0.0.1, false",
        "0.0.0.0/0, 9.9.9.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:9::1, true",
        "10.0.0.1, unknown, false"
    })
    void holds(String range, String address, boolean held) {
        assertThat(Network.ofText(address).isIn(NetworkRange.parse(range).get()))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "10/8", "any", "/8", "10.0.0.256", "1:2"})
    void parse_noRange_isRefused(String text) {
        assertThat(NetworkRange.parse(text).isOk()).isFalse();
    }
}
