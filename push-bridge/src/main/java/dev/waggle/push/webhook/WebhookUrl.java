package dev.waggle.push.webhook;

import dev.waggle.spec.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Where the operator's program listens. May hold a credential, so the text form shows the host only.
 *
 * @param address https, or http on this machine
 */
public record WebhookUrl(URI address) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String WANTED = "must be an https:// address, or http:// on the loopback address";

    /** Total; shows nothing of the text. */
    public static Parsed<WebhookUrl> parse(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            return Parsed.bad(WANTED);
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost();
        boolean safe = scheme.equals("https") || scheme.equals("http") && host != null && THIS_MACHINE.contains(host);
        return safe && host != null && address.getRawUserInfo() == null && address.getRawFragment() == null
                ? Parsed.ok(new WebhookUrl(address))
                : Parsed.bad(WANTED);
    }

    @Override
    public String toString() {
        return "a webhook at " + address.getHost();
    }
}
