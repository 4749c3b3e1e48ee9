package dev.waggle.push.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.NetworkRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    private static boolean isPublic(String address) {
        return Reach.PUBLIC.includes(
                "push.example", NetworkRange.literal(address).get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "192.0.0.192",
                "168.63.129.16",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "192.88.99.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::2",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "3fff::1",
                "100::1",
                "5f00::1"
            })
    void notPublic_isOutOfReach(String address) {
        assertThat(isPublic(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.9.9.9", "126.255.255.255", "128.0.0.1", "172.15.255.255", "172.32.0.0", "100.63.255.255",
                "100.128.0.0", "169.253.255.255", "223.255.255.255", "192.0.1.1", "2620:fe::fe", "2a00:1450::1",
                "2001:4860:4860::8888", "2003::1"
            })
    void publicAddress_isWithinReach(String address) {
        assertThat(isPublic(address)).isTrue();
    }

    /** What the JDK itself calls special is a part of what is refused. */
    @Property(tries = 5_000)
    void address_thatTheJdkCallsLocal_isOutOfReach(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            assertThat(Reach.PUBLIC.includes("push.example", address)).isFalse();
        }
    }

    @Test
    void listed_networkAndHost_areWithinReach() throws UnknownHostException {
        Reach reach = Reach.parse(List.of("10.0.0.0/8", "fd00::/8", "192.168.7.7", "Push.Lan"))
                .get();
        InetAddress neighbour = InetAddress.getByName("172.16.0.1");
        assertThat(reach.includes("any.example", InetAddress.getByName("10.9.9.9")))
                .isTrue();
        assertThat(reach.includes("any.example", InetAddress.getByName("fd12::1")))
                .isTrue();
        assertThat(reach.includes("any.example", InetAddress.getByName("192.168.7.7")))
                .isTrue();
        assertThat(reach.includes("any.example", InetAddress.getByName("192.168.7.8")))
                .isFalse();
        assertThat(reach.includes("push.lan", neighbour)).isTrue();
        assertThat(reach.includes("evil.push.lan", neighbour)).isFalse();
        assertThat(reach.includes("any.example", neighbour)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "*.lan", "10.0.0.0/33", "10.0.0.256", "a b", "https://push.lan", "push.lan:443", "."})
    void parse_noHostAndNoNetwork_isBad(String word) {
        assertThat(Reach.parse(List.of("push.lan", word)).isOk()).isFalse();
    }

    @Test
    void true_isEveryAddress() {
        Reach all = Reach.parse(List.of("true")).get();
        for (String address : List.of("127.0.0.1", "169.254.169.254", "::1", "fd00::1", "93.184.216.34")) {
            assertThat(all.includes(
                            "push.example", NetworkRange.literal(address).get()))
                    .as(address)
                    .isTrue();
        }
    }
}
