package dev.waggle.push.text;

import dev.waggle.push.rules.Waiting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Messages that are pictures: a content type {@code image/…}, and the text is where it is (F10). */
final class Pictures {
    /** A longer one would not leave room for anything else. */
    private static final int MOST_ADDRESS = 1_000;

    private Pictures() {}

    static boolean isPicture(Waiting entry) {
        return type(entry).startsWith("image/");
    }

    /** True if its text is for people to read. */
    static boolean isText(Waiting entry) {
        return entry.text() != null && (type(entry).isEmpty() || type(entry).startsWith("text/"));
    }

    /** Where it is, or null: not a picture, or not at an https address. */
    static @Nullable URI address(Waiting entry) {
        String text = entry.text();
        if (!isPicture(entry) || text == null || text.length() > MOST_ADDRESS) {
            return null;
        }
        try {
            URI uri = new URI(text.strip());
            boolean https =
                    "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
            return https ? URI.create(uri.toASCIIString()) : null;
        } catch (URISyntaxException none) {
            return null;
        }
    }

    private static String type(Waiting entry) {
        String type = entry.contentType();
        return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    }
}
