package dev.waggle.broker.outbound;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Rejection;
import java.util.List;

/** The small JSON payloads of what the broker sends (PROTOCOL §2). */
final class Payloads {
    private Payloads() {}

    static Bytes gap(long from, long to) {
        return Bytes.utf8("{\"from\":" + from + ",\"to\":" + to + "}");
    }

    static Bytes sent(long seq, long ts) {
        return Bytes.utf8("{\"seq\":" + seq + ",\"ts\":" + ts + "}");
    }

    static Bytes refused(Rejection rejection) {
        StringBuilder json = new StringBuilder(96).append("{\"refused\":\"");
        json.append(rejection.refusal().code()).append("\",\"reason\":");
        return Bytes.utf8(text(json, rejection.message()).append('}').toString());
    }

    static Bytes error(String code, String message) {
        StringBuilder json = new StringBuilder(96).append("{\"error\":{\"code\":\"");
        json.append(code).append("\",\"message\":");
        return Bytes.utf8(text(json, message).append("}}").toString());
    }

    static Bytes members(Event.MembersChanged change) {
        StringBuilder json = new StringBuilder(96).append('{');
        if (change.created()) {
            json.append("\"created\":true,");
        }
        if (change.name() != null) {
            text(json.append("\"name\":"), change.name()).append(',');
        }
        List<UserId> added = change.added().stream()
                .filter(member -> member.firstSeq() >= change.seq())
                .map(Member::user)
                .toList();
        users(json, "added", added);
        users(json, "removed", change.removed());
        if (change.left() != null) {
            json.append("\"left\":\"").append(change.left()).append("\",");
        }
        roles(json, change.added());
        if (json.length() > 1) {
            json.setLength(json.length() - 1);
        }
        return Bytes.utf8(json.append('}').toString());
    }

    private static void users(StringBuilder json, String name, List<UserId> users) {
        if (users.isEmpty()) {
            return;
        }
        json.append('"').append(name).append("\":[");
        for (UserId user : users) {
            json.append('"').append(user).append("\",");
        }
        json.setLength(json.length() - 1);
        json.append("],");
    }

    /** Only what is above a plain member: that is what a new one is. */
    private static void roles(StringBuilder json, List<Member> members) {
        boolean any = false;
        for (Member member : members) {
            if (member.role() != MemberRole.MEMBER) {
                json.append(any ? "," : "\"role\":{").append('"').append(member.user());
                json.append("\":\"").append(member.role().code()).append('"');
                any = true;
            }
        }
        if (any) {
            json.append("},");
        }
    }

    private static StringBuilder text(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) && !isPaired(text, i)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }

    private static boolean isPaired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
