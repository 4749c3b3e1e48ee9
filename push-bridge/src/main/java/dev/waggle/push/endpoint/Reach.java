package dev.waggle.push.endpoint;

import dev.waggle.spec.NetworkRange;
import dev.waggle.spec.Parsed;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses strangers may have us call: those of the public internet, and what the operator lists. Immutable.
 *
 * @param hosts names, in lower case, that may lead anywhere
 * @param networks that may be reached, whatever the name
 */
public record Reach(Set<String> hosts, List<NetworkRange> networks) {
    /** The public internet only. */
    public static final Reach PUBLIC = new Reach(Set.of(), List.of());

    private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    /** Of version 4, all but these is public (IANA's registry of special addresses, RFC 6890). */
    private static final List<NetworkRange> NOT_PUBLIC_4 = ranges(
            "0.0.0.0/8", // this host
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carriers' own; metadata of one cloud
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // a cloud's door to its machines
            "169.254.0.0/16", // link-local; metadata of most clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; metadata of one cloud
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Of version 6, only this is public: not loopback, fc00::/7, fe80::/10, ff00::/8, nor NAT64 (64:ff9b::/96). */
    private static final NetworkRange GLOBAL_6 = NetworkRange.parse("2000::/3").get();

    private static final List<NetworkRange> NOT_PUBLIC_6 = ranges(
            "2001::/23", // protocol assignments, Teredo
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4: leads to an address of version 4
            "3fff::/20"); // documentation

    private static final List<NetworkRange> EVERYWHERE = ranges("0.0.0.0/0", "::/0");

    public Reach {
        hosts = Set.copyOf(hosts);
        networks = List.copyOf(networks);
    }

    /** Reads a list of names, addresses and networks; {@code true} is every address. Total. */
    public static Parsed<Reach> parse(List<String> words) {
        Set<String> hosts = new HashSet<>();
        List<NetworkRange> networks = new ArrayList<>();
        for (String word : words) {
            String text = word.toLowerCase(Locale.ROOT);
            if (text.equals("true")) {
                networks.addAll(EVERYWHERE);
            } else if (NetworkRange.parse(text) instanceof Parsed.Ok<NetworkRange> network) {
                networks.add(network.value());
            } else if (NAME.matcher(text).matches()) {
                hosts.add(text);
            } else {
                return Parsed.bad("must be a list of host names, addresses and networks such as 10.0.0.0/8");
            }
        }
        return Parsed.ok(new Reach(hosts, networks));
    }

    /** True if a connection to this address may be made for an endpoint with this host. */
    public boolean includes(String host, InetAddress address) {
        return isPublic(address)
                || hosts.contains(host)
                || networks.stream().anyMatch(network -> network.holds(address));
    }

    private static boolean isPublic(InetAddress address) {
        return address.getAddress().length == 4
                ? NOT_PUBLIC_4.stream().noneMatch(range -> range.holds(address))
                : GLOBAL_6.holds(address) && NOT_PUBLIC_6.stream().noneMatch(range -> range.holds(address));
    }

    private static List<NetworkRange> ranges(String... texts) {
        List<NetworkRange> ranges = new ArrayList<>();
        for (String text : texts) {
            ranges.add(NetworkRange.parse(text).get());
        }
        return List.copyOf(ranges);
    }
}
