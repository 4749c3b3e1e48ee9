package dev.waggle.spec;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses (RFC 4632, RFC 4291 §2.3), such as {@code 10.0.0.0/8}; an address alone is a range of one.
 * Immutable.
 *
 * @param address one of it, 4 or 16 bytes in network order
 * @param bits leading bits that all of its addresses share
 */
public record NetworkRange(Bytes address, int bits) {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

    public static Parsed<NetworkRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return literal(address).then(read -> {
            Bytes bytes = Bytes.wrap(read.getAddress());
            int all = bytes.size() * Byte.SIZE;
            String bits = slash < 0 ? "" + all : text.substring(slash + 1);
            return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= all
                    ? Parsed.ok(new NetworkRange(bytes, Integer.parseInt(bits)))
                    : Parsed.bad("has 0 to " + all + " bits after the /");
        });
    }

    /** An address in digits; the zone of a link-local one is left out. Names are not looked up. */
    public static Parsed<InetAddress> literal(String text) {
        int zone = text.indexOf('%');
        String digits = zone < 0 ? text : text.substring(0, zone);
        // What is neither would be looked up as a name.
        boolean looksRight =
                IPV4.matcher(digits).matches() || IPV6.matcher(digits).matches();
        try {
            return looksRight ? Parsed.ok(InetAddress.getByName(digits)) : Parsed.bad("is no IP address");
        } catch (UnknownHostException e) {
            return Parsed.bad("is no IP address");
        }
    }

    /** True if the address lies in the range; never for one of the other version. */
    public boolean holds(InetAddress other) {
        byte[] theirs = other.getAddress();
        byte[] mine = address.shared();
        if (theirs.length != mine.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((theirs[bit / Byte.SIZE] ^ mine[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
