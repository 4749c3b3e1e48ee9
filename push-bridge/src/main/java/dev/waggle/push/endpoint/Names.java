package dev.waggle.push.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. Blocks; any thread. */
@FunctionalInterface
public interface Names {
    /** @return at least one address, in the order in which they are to be tried */
    List<InetAddress> find(String host) throws UnknownHostException;

    /** The way of the system. */
    static Names ofTheSystem() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
