package dev.waggle.auth.jwt.keys;

import dev.waggle.spec.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where documents of issuers may be fetched: over TLS, or from this machine. Pure. */
public final class WebAddress {
    private static final int MAX_LENGTH = 2_048;

    public static final String ALLOWED = "an https:// address, or http:// on the loopback address";

    private WebAddress() {}

    /** Total; without user information and fragment. */
    public static Parsed<URI> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Parsed.bad("is longer than " + MAX_LENGTH + " characters");
        }
        try {
            URI address = new URI(text);
            if (address.getHost() == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
                return Parsed.bad("must have a host, no user and no fragment");
            }
            return isEncrypted(address) || isPlain(address) && isLoopback(address)
                    ? Parsed.ok(address)
                    : Parsed.bad("is no " + ALLOWED);
        } catch (URISyntaxException e) {
            return Parsed.bad("is no web address");
        }
    }

    static boolean isEncrypted(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static boolean isPlain(URI address) {
        return "http".equalsIgnoreCase(address.getScheme());
    }

    /** By the text only: what a name server says must not decide. */
    static boolean isLoopback(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
