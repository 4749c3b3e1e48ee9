package dev.waggle.spec.topic;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Ids;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the levels of a topic without cutting it into pieces; a piece is copied only where it becomes part of a
 * value. Each {@code take} method consumes one level or more and gives null (or -1) if the grammar forbids what stands
 * there; after that the walk is over.
 */
final class Levels {
    private static final int MAX_DIGITS = 19;

    private final String text;
    private int start;
    private int end;

    /** The first level begins at {@code start}; a text that ends there has no level. */
    Levels(String text, int start) {
        this.text = text;
        this.end = start - 1;
    }

    /** Goes to the next level; false if there is none. */
    boolean next() {
        if (atEnd()) {
            return false;
        }
        start = end + 1;
        int slash = text.indexOf('/', start);
        end = slash < 0 ? text.length() : slash;
        return true;
    }

    /** True if no level follows. */
    boolean atEnd() {
        return end >= text.length();
    }

    boolean is(String word) {
        return end - start == word.length() && text.startsWith(word, start);
    }

    @Nullable
    ConversationName takeConversation() {
        if (!next()) {
            return null;
        }
        boolean direct = is(Grammar.DIRECT);
        if (!direct && !is(Grammar.GROUP)) {
            return null;
        }
        String id = takeId(direct ? UserId.MAX_LENGTH : GroupId.MAX_LENGTH);
        if (id == null) {
            return null;
        }
        return direct ? new ConversationName.Peer(new UserId(id)) : new ConversationName.InGroup(new GroupId(id));
    }

    @Nullable
    String takeId(int max) {
        return next() && Ids.isValid(text, start, end, max) ? text.substring(start, end) : null;
    }

    @Nullable
    String takeMethod() {
        return next() && Grammar.isMethod(text, start, end) ? text.substring(start, end) : null;
    }

    @Nullable
    Author takeAuthor() {
        if (!next()) {
            return null;
        }
        int tilde = text.indexOf('~', start);
        boolean agent = tilde >= 0 && tilde < end;
        int userEnd = agent ? tilde : end;
        if (!Ids.isValid(text, start, userEnd, UserId.MAX_LENGTH)
                || (agent && !Ids.isValid(text, tilde + 1, end, UserId.MAX_LENGTH))) {
            return null;
        }
        UserId user = new UserId(text.substring(start, userEnd));
        return agent ? new Author(user, new UserId(text.substring(tilde + 1, end))) : Author.of(user);
    }

    /** A decimal number without sign or leading zeros, or -1. */
    long takeNumber() {
        if (!next() || start == end || end - start > MAX_DIGITS || (text.charAt(start) == '0' && end - start > 1)) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        // 19 digits can only overflow into the negative numbers, since 10^19 < 2 * 2^63.
        return value < 0 ? -1 : value;
    }
}
