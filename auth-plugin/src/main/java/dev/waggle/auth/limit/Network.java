package dev.waggle.auth.limit;

import dev.waggle.spec.NetworkRange;
import dev.waggle.spec.Parsed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Whom one household or machine comes as: an IPv4 address, or the /64 of an IPv6 address, whose second half is its
 * owner's to choose. Immutable.
 *
 * @param text the address; for IPv6 the first one of the network and {@code /64}
 */
public record Network(String text) {
    /** A connection whose address the host does not tell. */
    public static final Network UNKNOWN = new Network("unknown");

    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_BYTES = 8;

    public static Network of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == IPV4_BYTES) {
            return new Network(address.getHostAddress());
        }
        if (address.isLoopbackAddress()) {
            return new Network("::1");
        }
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        return new Network(address(bytes).getHostAddress() + "/64");
    }

    /** Reads an address as text, with or without {@code /64}. Names are not looked up. */
    public static Parsed<Network> parse(String text) {
        String bare = text.endsWith("/64") ? text.substring(0, text.length() - 3) : text;
        return NetworkRange.literal(bare).then(address -> Parsed.ok(of(address)));
    }

    /** As the host tells it; what cannot be read is {@link #UNKNOWN}. */
    public static Network ofText(String address) {
        return parse(address).fold(network -> network, reason -> UNKNOWN);
    }

    /** True if it lies in the range. Ranges of IPv6 narrower than a /64 hold none but {@code ::1}. */
    public boolean isIn(NetworkRange range) {
        String bare = text.endsWith("/64") ? text.substring(0, text.length() - 3) : text;
        return NetworkRange.literal(bare).fold(range::holds, reason -> false);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a legal length", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
