package dev.waggle.spec.topic;

import dev.waggle.spec.Ids;
import org.jspecify.annotations.Nullable;

/** The words of the grammar and the forms of its levels that are not ids. */
final class Grammar {
    static final String ROOT = "u";
    static final String ROOT_PREFIX = "u/";

    static final String OUT = "out";
    static final String READ = "read";
    static final String NOW = "now";
    static final String STATE = "state";
    static final String CALL = "call";

    static final String IN = "in";
    static final String EV = "ev";
    static final String GAP = "gap";
    static final String MARK = "mark";
    static final String MINE = "mine";
    static final String PRESENCE = "presence";
    static final String SENT = "sent";
    static final String REPLY = "reply";

    static final String DIRECT = "d";
    static final String GROUP = "g";

    /** Stands where an id would stand on {@code sent}. */
    static final String NO_ID = "-";

    static final int MAX_ID = 64;
    static final int MAX_METHOD = 64;
    static final int MAX_KIND = 32;

    private Grammar() {}

    static boolean isMethod(String text, int start, int end) {
        int length = end - start;
        if (length <= 0 || length > MAX_METHOD) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '.' && !Ids.isValid(text, i, i + 1, 1)) {
                return false;
            }
        }
        return true;
    }

    static void requireMethod(String method) {
        if (!isMethod(method, 0, method.length())) {
            throw new IllegalArgumentException("method must match [A-Za-z0-9._-]{1," + MAX_METHOD + "}");
        }
    }

    static void requireId(@Nullable String id) {
        if (id != null && !Ids.isValid(id, MAX_ID)) {
            throw new IllegalArgumentException("id must match [A-Za-z0-9_-]{1," + MAX_ID + "}");
        }
    }

    static void requireKind(String kind) {
        if (!Ids.isValid(kind, MAX_KIND)) {
            throw new IllegalArgumentException("kind must match [A-Za-z0-9_-]{1," + MAX_KIND + "}");
        }
    }

    static void requireSeq(long seq) {
        if (seq < 1) {
            throw new IllegalArgumentException("seq must be 1 or more");
        }
    }

    static void requireTs(long ts) {
        if (ts < 0) {
            throw new IllegalArgumentException("ts must be 0 or more");
        }
    }
}
