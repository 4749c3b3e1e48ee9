package dev.waggle.push;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person is to see. Either texts, ready to be shown, or the names of texts that the app has in the person's
 * language, with what to put into them.
 *
 * @param title or null
 * @param body ready to be shown, or a plain text for those who do not know {@code bodyKey}
 * @param bodyKey name of a text of the app, or null: then {@code body} is shown
 * @param bodyArguments what goes into that text
 */
public record Alert(
        @Nullable String title, String body, @Nullable String bodyKey, List<String> bodyArguments) {
    public Alert {
        bodyArguments = List.copyOf(bodyArguments);
    }

    /** A text as it is. */
    public static Alert of(@Nullable String title, String body) {
        return new Alert(title, body, null, List.of());
    }

    @Override
    public String toString() {
        return bodyKey == null ? "an alert" : "an alert " + bodyKey;
    }
}
