package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.auth.limit.Network;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.broker.refusals.Refused;
import dev.waggle.broker.session.LiveSession;
import dev.waggle.broker.session.SessionRegistry;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Why can they not: {@code GET /admin/v1/explain?user=} tells what is known about a user, {@code GET
 * /admin/v1/refusals[?user=][&address=][&limit=]} the newest refusals.
 */
public final class ExplainPath implements AdminPath {
    private static final String EXPLAIN = ROOT + "explain";
    private static final String REFUSALS = ROOT + "refusals";
    private static final int FEW = 50;

    private final RefusalJournal journal;
    private final BanLadder bans;
    private final SessionRegistry sessions;
    private final Predicate<UserId> disabled;

    /** @param disabled true for users for whom nobody may speak */
    public ExplainPath(RefusalJournal journal, BanLadder bans, SessionRegistry sessions, Predicate<UserId> disabled) {
        this.journal = journal;
        this.bans = bans;
        this.sessions = sessions;
        this.disabled = disabled;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        boolean explain = request.path().equals(EXPLAIN);
        if (!explain && !request.path().equals(REFUSALS)) {
            return false;
        }
        if (!request.method().equals("GET")) {
            answer.accept(HttpAnswer.methodNotAllowed("GET"));
            return true;
        }
        Parsed<ObjectNode> body = explain ? explain(request) : refusals(request);
        answer.accept(body.fold(AdminJson::answer, reason -> HttpAnswer.refused(Refusal.BAD_REQUEST, reason)));
        return true;
    }

    private Parsed<ObjectNode> explain(HttpRequest request) {
        String user = request.query().get("user");
        if (user == null || request.query().size() > 1) {
            return Parsed.bad("the address must have user, and nothing else");
        }
        return UserId.parse(user).then(id -> Parsed.ok(explained(id)));
    }

    private ObjectNode explained(UserId user) {
        ObjectNode body = AdminJson.object().put("user", user.value()).put("disabled", disabled.test(user));
        List<LiveSession> live = sessions.list(user, null, FEW);
        ArrayNode connected = body.putArray("connected");
        live.forEach(session -> connected.add(session.clientId()));
        List<Refused> refused = journal.find(user, null, FEW);
        list(refused, body);
        Set<String> addresses = new TreeSet<>();
        refused.forEach(one -> addresses.add(Network.ofText(one.address()).text()));
        live.forEach(session -> addresses.add(Network.ofText(session.address()).text()));
        ArrayNode banned = body.putArray("bans");
        bans.list(null, Integer.MAX_VALUE).stream()
                .filter(ban -> addresses.contains(ban.network().text()))
                .forEach(ban -> BansPath.describe(ban, banned.addObject()));
        return body;
    }

    private Parsed<ObjectNode> refusals(HttpRequest request) {
        String user = request.query().get("user");
        return Paging.read(request, Set.of("user", "address")).then(page -> {
            Parsed<UserId> known = user == null ? null : UserId.parse(user);
            if (known instanceof Parsed.Bad<UserId> bad) {
                return Parsed.bad(bad.reason());
            }
            return Parsed.ok(
                    refusals(known == null ? null : known.get(), request.query().get("address"), page.limit()));
        });
    }

    private ObjectNode refusals(@Nullable UserId user, @Nullable String address, int limit) {
        ObjectNode body = AdminJson.object();
        list(journal.find(user, address, limit), body);
        return body;
    }

    private static void list(List<Refused> refused, ObjectNode body) {
        ArrayNode lines = body.putArray("refusals");
        for (Refused one : refused) {
            ObjectNode line = lines.addObject();
            line.put("at", one.at());
            line.put("what", one.what().name().toLowerCase(Locale.ROOT));
            if (one.user() != null) {
                line.put("user", one.user().value());
            }
            line.put("clientId", one.clientId());
            line.put("address", one.address());
            line.put("code", one.what() == Refused.What.REQUEST ? "" + one.code() : "0x%02X".formatted(one.code()));
            line.put("reason", one.reason());
        }
    }
}
