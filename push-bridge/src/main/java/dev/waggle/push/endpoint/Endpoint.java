package dev.waggle.push.endpoint;

import dev.waggle.spec.NetworkRange;
import dev.waggle.spec.Parsed;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a stranger wants to be told something, taken apart by the grammar of URIs and never by looking at the text. The
 * text form shows the origin only: the rest is a secret between the stranger and the server there.
 *
 * @param host a name in lower case, or an address without brackets
 * @param address if the host is an address in digits: that; otherwise null
 * @param port 1 to 65535
 * @param target path and query as they go into the request
 */
public record Endpoint(String host, @Nullable InetAddress address, int port, String target) {
    private static final int HTTPS_PORT = 443;
    private static final int MOST_PORT = 65_535;

    /** UnifiedPush asks for 1,000 characters. */
    private static final int MOST_CHARACTERS = 2_048;

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]*");

    /** RFC 1123 §2.1, labels of at most 63 characters, and no dot at the end. */
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Four numbers without zeros in front, which some read as octal. */
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /** Total. The reason shows nothing of the address. */
    public static Parsed<Endpoint> parse(URI uri) {
        String text = uri.toString();
        if (text.length() > MOST_CHARACTERS || !VISIBLE_ASCII.matcher(text).matches()) {
            return Parsed.bad("the endpoint must have at most " + MOST_CHARACTERS + " characters of ASCII");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.isOpaque()) {
            return Parsed.bad("the endpoint must be an https:// address");
        }
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Parsed.bad("the endpoint must be https://HOST[:PORT]/PATH, without a user and without #");
        }
        int port = uri.getPort() == -1 ? HTTPS_PORT : uri.getPort();
        if (port < 1 || port > MOST_PORT) {
            return Parsed.bad("the port of the endpoint must be 1 to " + MOST_PORT);
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return of(host.toLowerCase(Locale.ROOT), port, target);
    }

    private static Parsed<Endpoint> of(String host, int port, String target) {
        if (host.startsWith("[")) {
            return version6(host.substring(1, host.length() - 1), port, target);
        }
        if (DOTTED.matcher(host).matches()) {
            return NetworkRange.literal(host).then(address -> Parsed.ok(new Endpoint(host, address, port, target)));
        }
        return NAME.matcher(host).matches()
                ? Parsed.ok(new Endpoint(host, null, port, target))
                : Parsed.bad("the host of the endpoint must be a name, or an address in its usual form");
    }

    /** An address of version 4 in the clothes of version 6 is none: it has a form of its own. */
    private static Parsed<Endpoint> version6(String digits, int port, String target) {
        return NetworkRange.literal(digits)
                .then(address -> address instanceof Inet6Address && digits.indexOf('%') < 0
                        ? Parsed.ok(new Endpoint(digits, address, port, target))
                        : Parsed.bad("the host of the endpoint must be an address in its usual form, without a zone"));
    }

    /** Scheme, host and port as they are compared (RFC 6454 §6.1). */
    public String origin() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "https://" + name + (port == HTTPS_PORT ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return origin();
    }
}
