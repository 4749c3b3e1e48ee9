package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.auth.limit.Ban;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.auth.limit.Network;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may not come in for a while: {@code GET /admin/v1/bans[?after=][&limit=]}; {@code POST /admin/v1/bans} {address,
 * seconds}; {@code POST /admin/v1/bans/lift} {address}. Live connections stay: a ban is about coming in.
 */
public final class BansPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(BansPath.class);
    private static final String LIST = ROOT + "bans";
    private static final String LIFT = LIST + "/lift";
    private static final long MOST_SECONDS = Duration.ofDays(30).toSeconds();

    private final BanLadder bans;

    public BansPath(BanLadder bans) {
        this.bans = bans;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        boolean get = request.method().equals("GET");
        boolean post = request.method().equals("POST");
        if (request.path().equals(LIST)) {
            answer.accept(
                    get
                            ? answer(list(request))
                            : post ? answer(ban(by, request)) : HttpAnswer.methodNotAllowed("GET, POST"));
            return true;
        }
        if (request.path().equals(LIFT)) {
            answer.accept(post ? answer(lift(by, request)) : HttpAnswer.methodNotAllowed("POST"));
            return true;
        }
        return false;
    }

    private static HttpAnswer answer(Parsed<ObjectNode> body) {
        return body.fold(AdminJson::answer, reason -> HttpAnswer.refused(Refusal.BAD_REQUEST, reason));
    }

    private Parsed<ObjectNode> list(HttpRequest request) {
        return Paging.read(request, Set.of()).then(page -> {
            List<Ban> found = bans.list(page.after(), page.limit() + 1);
            ObjectNode body = AdminJson.object();
            var lines = body.putArray("bans");
            found.stream().limit(page.limit()).forEach(ban -> describe(ban, lines.addObject()));
            if (found.size() > page.limit()) {
                body.put("next", found.get(page.limit() - 1).network().text());
            }
            return Parsed.ok(body);
        });
    }

    static void describe(Ban ban, ObjectNode line) {
        line.put("address", ban.network().text());
        line.put("since", ban.since());
        line.put("until", ban.until());
        line.put("step", ban.step());
        line.put("cause", ban.cause());
    }

    private Parsed<ObjectNode> ban(Identity by, HttpRequest request) {
        return AdminJson.read(request.body(), Set.of("address", "seconds"))
                .then(body -> network(body).then(network -> {
                    JsonNode seconds = body.path("seconds");
                    if (!seconds.isIntegralNumber()
                            || seconds.longValue() < 1
                            || seconds.longValue() > MOST_SECONDS
                            || !seconds.canConvertToLong()) {
                        return Parsed.bad("seconds must be there, a whole number from 1 to " + MOST_SECONDS);
                    }
                    Duration length = Duration.ofSeconds(seconds.longValue());
                    LOG.info("{} banned {} for {} s", by.user(), network, length.toSeconds());
                    ObjectNode answer = AdminJson.object();
                    describe(bans.ban(network, length, "banned by " + by.user()), answer);
                    return Parsed.ok(answer);
                }));
    }

    private Parsed<ObjectNode> lift(Identity by, HttpRequest request) {
        return AdminJson.read(request.body(), Set.of("address"))
                .then(BansPath::network)
                .then(network -> {
                    boolean lifted = bans.lift(network);
                    LOG.info("{} lifted the ban of {}: {}", by.user(), network, lifted ? "done" : "there was none");
                    return Parsed.ok(AdminJson.object().put("lifted", lifted));
                });
    }

    private static Parsed<Network> network(JsonNode body) {
        return AdminJson.text(body, "address")
                .then(text -> Network.parse(text)
                        .fold(Parsed::ok, reason -> Parsed.bad("address must be an IP address in digits")));
    }
}
