package dev.waggle.broker.moderation;

import java.net.IDN;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts messages may point to. Denied hosts are found wherever they stand, with {@code https://} or without it; if
 * there are allowed ones, every other host in a web address ({@code …://} or {@code www.}) is one too many. A host stands
 * for its subdomains. Immutable.
 *
 * @param allowed folded; empty: all that are not denied
 * @param denied folded
 */
public record HostRule(Set<String> allowed, Set<String> denied) {
    public static final HostRule NONE = new HostRule(Set.of(), Set.of());

    private static final int MOST_LEVELS = 16;
    private static final int LONGEST = 253;
    private static final String LONG = "a host that is too long";

    public HostRule {
        allowed = folded(allowed);
        denied = folded(denied);
    }

    private static Set<String> folded(Set<String> hosts) {
        return hosts.stream().map(Folding::of).map(HostRule::readable).collect(Collectors.toUnmodifiableSet());
    }

    public boolean isEmpty() {
        return allowed.isEmpty() && denied.isEmpty();
    }

    /** @return the first host in the folded text that is not to be there, or null */
    @Nullable
    String find(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && isOfHost(text.charAt(end))) {
                end++;
            }
            String bad = end > at ? judge(text, at, end) : null;
            if (bad != null) {
                return bad;
            }
            at = end + 1;
        }
        return null;
    }

    private @Nullable String judge(String text, int from, int to) {
        boolean isUserInfo = to < text.length() && text.charAt(to) == '@';
        String host = stripDots(text.substring(from, to));
        if (isUserInfo || host.indexOf('.') < 0) {
            return null;
        }
        if (host.length() > LONGEST) {
            return isAddress(text, from, host) && !allowed.isEmpty() ? LONG : null;
        }
        String name = readable(host);
        if (isIn(denied, name)) {
            return name;
        }
        return !allowed.isEmpty() && isAddress(text, from, host) && !isIn(allowed, name) ? name : null;
    }

    /** Behind {@code //}, perhaps with a user in between, or beginning with {@code www.}. */
    private static boolean isAddress(String text, int from, String host) {
        if (host.startsWith("www.") || from >= 2 && text.startsWith("//", from - 2)) {
            return true;
        }
        if (from < 1 || text.charAt(from - 1) != '@') {
            return false;
        }
        int blank = text.lastIndexOf(' ', from);
        return text.substring(Math.max(blank, from - 2 * LONGEST) < 0 ? 0 : Math.max(blank, from - 2 * LONGEST), from)
                .contains("//");
    }

    private static boolean isIn(Set<String> hosts, String name) {
        String rest = name;
        for (int level = 0; level < MOST_LEVELS && !hosts.isEmpty(); level++) {
            if (hosts.contains(rest)) {
                return true;
            }
            int dot = rest.indexOf('.');
            if (dot < 0) {
                return false;
            }
            rest = rest.substring(dot + 1);
        }
        return false;
    }

    /** With letters instead of their ASCII form ({@code xn--}). */
    private static String readable(String host) {
        return host.contains("xn--") ? Folding.of(IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED)) : host;
    }

    private static boolean isOfHost(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || Character.isSurrogate(c);
    }

    private static String stripDots(String run) {
        int from = 0;
        int to = run.length();
        while (from < to && run.charAt(from) == '.') {
            from++;
        }
        while (to > from && run.charAt(to - 1) == '.') {
            to--;
        }
        return run.substring(from, to);
    }
}
