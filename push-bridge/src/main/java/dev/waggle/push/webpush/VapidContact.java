package dev.waggle.push.webpush;

import dev.waggle.spec.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whom a push service may tell about trouble with our pushes: {@code sub} of RFC 8292 §2.1. Apple refuses all pushes
 * whose contact cannot be a real one, so it is checked here.
 *
 * @param value {@code mailto:…} or {@code https://…}
 */
public record VapidContact(String value) {
    private static final int MOST_CHARACTERS = 255;
    private static final Pattern MAIL = Pattern.compile("mailto:[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]+@([A-Za-z0-9.-]+)");

    /** Names that lead nowhere (RFC 2606, 6761, 6762). */
    private static final List<String> NOWHERE =
            List.of("localhost", "invalid", "example", "test", "local", "internal", "localdomain");

    private static final String WANTED =
            "must be mailto:NAME@DOMAIN or an https:// address, with a domain that others can reach";

    /** Total. */
    public static Parsed<VapidContact> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Parsed.bad("must have at most " + MOST_CHARACTERS + " characters");
        }
        var mail = MAIL.matcher(text);
        if (mail.matches() && isReachable(mail.group(1)) || isSite(text)) {
            return Parsed.ok(new VapidContact(text));
        }
        return Parsed.bad(WANTED);
    }

    private static boolean isSite(String text) {
        try {
            URI site = new URI(text);
            String host = site.getHost();
            return "https".equals(site.getScheme()) && host != null && site.getUserInfo() == null && isReachable(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A name of two labels at least, whose last one has letters and is not one of those that lead nowhere. */
    private static boolean isReachable(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        String last = name.substring(name.lastIndexOf('.') + 1);
        return name.matches("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?") && !NOWHERE.contains(last);
    }

    @Override
    public String toString() {
        return value;
    }
}
