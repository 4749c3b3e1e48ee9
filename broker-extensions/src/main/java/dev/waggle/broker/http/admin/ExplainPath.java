package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.auth.limit.Network;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.broker.push.PushJournal;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.broker.refusals.Refused;
import dev.waggle.broker.session.LiveSession;
import dev.waggle.broker.session.SessionRegistry;
import dev.waggle.spec.ConversationName;
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
    private static final Set<String> WORDS = Set.of("user", "conv", "seq");
    private static final int FEW = 50;

    private final RefusalJournal journal;
    private final BanLadder bans;
    private final SessionRegistry sessions;
    private final Predicate<UserId> disabled;
    private final PushJournal pushes;

    /** @param disabled true for users for whom nobody may speak */
    public ExplainPath(
            RefusalJournal journal,
            BanLadder bans,
            SessionRegistry sessions,
            Predicate<UserId> disabled,
            PushJournal pushes) {
        this.pushes = pushes;
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
        if (user == null || !WORDS.containsAll(request.query().keySet())) {
            return Parsed.bad("the address must have user, may have conv and seq, and nothing else");
        }
        Parsed<Wanted> wanted =
                Wanted.read(request.query().get("conv"), request.query().get("seq"));
        return wanted.then(about -> UserId.parse(user).then(id -> {
            ObjectNode body = explained(id);
            pushes(id, about, body);
            return Parsed.ok(body);
        }));
    }

    /** What is asked about; null: everything. */
    private record Wanted(
            @Nullable ConversationName conversation,
            @Nullable Long seq) {
        static Parsed<Wanted> read(@Nullable String conv, @Nullable String seq) {
            if (seq != null && !seq.matches("[0-9]{1,18}")) {
                return Parsed.bad("seq must be a whole number");
            }
            Long number = seq == null ? null : Long.valueOf(seq);
            return conv == null
                    ? Parsed.ok(new Wanted(null, number))
                    : ConversationName.parse(conv).then(name -> Parsed.ok(new Wanted(name, number)));
        }

        boolean isAbout(PushJournal.Line line) {
            return (conversation == null || line.conversation() == null || conversation.equals(line.conversation()))
                    && (seq == null || line.seq() == 0 || line.seq() >= seq);
        }
    }

    private void pushes(UserId user, Wanted wanted, ObjectNode body) {
        ArrayNode lines = body.putArray("pushes");
        for (PushJournal.Line one : pushes.of(user)) {
            if (wanted.isAbout(one)) {
                describe(one, lines.addObject());
            }
        }
    }

    private static void describe(PushJournal.Line one, ObjectNode line) {
        line.put("at", one.at()).put("device", one.device().value());
        if (one.conversation() != null) {
            line.put("conv", one.conversation().text());
        }
        if (one.seq() > 0) {
            line.put("seq", one.seq());
        }
        line.put("what", one.what()).put("why", one.why());
        if (one.until() > 0) {
            line.put("until", one.until());
        }
        if (one.push() != null) {
            line.put("push", one.push());
        }
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
