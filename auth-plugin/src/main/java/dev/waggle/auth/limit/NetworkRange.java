package dev.waggle.auth.limit;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;

/**
 * A range of addresses (RFC 4632, RFC 4291 §2.3), such as {@code 10.0.0.0/8}; an address alone is a range of one. Of IPv6,
 * ranges narrower than a /64 hold no {@link Network} but {@code ::1}. Immutable.
 *
 * @param address one of it, 4 or 16 bytes in network order
 * @param bits leading bits that all of its addresses share
 */
public record NetworkRange(Bytes address, int bits) {

    public static Parsed<NetworkRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return Network.literal(address).then(read -> {
            Bytes bytes = Bytes.wrap(read.getAddress());
            int all = bytes.size() * Byte.SIZE;
            String bits = slash < 0 ? "" + all : text.substring(slash + 1);
            return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= all
                    ? Parsed.ok(new NetworkRange(bytes, Integer.parseInt(bits)))
                    : Parsed.bad("has 0 to " + all + " bits after the /");
        });
    }

    /** True if the network lies in the range; never for one of the other version. */
    public boolean holds(Network network) {
        String text = network.text();
        String bare = text.endsWith("/64") ? text.substring(0, text.length() - 3) : text;
        return Network.literal(bare).fold(known -> holds(known.getAddress()), reason -> false);
    }

    private boolean holds(byte[] other) {
        byte[] mine = address.shared();
        if (other.length != mine.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((other[bit / Byte.SIZE] ^ mine[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
