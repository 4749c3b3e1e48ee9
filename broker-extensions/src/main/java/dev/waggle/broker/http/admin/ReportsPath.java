package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.broker.moderation.Report;
import dev.waggle.broker.moderation.Report.Action;
import dev.waggle.broker.moderation.Report.Closing;
import dev.waggle.broker.moderation.Report.State;
import dev.waggle.broker.moderation.Reports;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Refusal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moderators' queue, for tokens with the role of a moderator or an administrator:
 *
 * <pre>
 * GET  /admin/v1/reports?state=&amp;after=&amp;limit=    {reports: [{id, at, state, cause, …}], next?}, the oldest first
 * GET  /admin/v1/reports/{id}                      the same with messages: [{seq, ts, from, body or bodyBase64, size?}]
 * POST /admin/v1/reports/{id}                      {state: resolved|dismissed, action?: none|delete|shadow|ban, note?}
 * </pre>
 *
 * Administrators alone ban.
 */
public final class ReportsPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(ReportsPath.class);
    private static final String LIST = ROOT + "reports";
    private static final String ONE = LIST + "/";
    private static final HttpAnswer NONE = HttpAnswer.refused(Refusal.NOT_FOUND, "there is no such report");
    private static final HttpAnswer BROKEN =
            HttpAnswer.refused(Refusal.UNAVAILABLE, "the store cannot be read or written now; try again");

    private final Reports reports;
    private final ReportActions actions;
    private final InstantSource clock;

    public ReportsPath(Reports reports, ReportActions actions, InstantSource clock) {
        this.reports = reports;
        this.actions = actions;
        this.clock = clock;
    }

    @Override
    public boolean isForModerators() {
        return true;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        boolean get = request.method().equals("GET");
        if (request.path().equals(LIST)) {
            tell(get ? list(request) : done(HttpAnswer.methodNotAllowed("GET")), answer);
            return true;
        }
        if (!request.path().startsWith(ONE)) {
            return false;
        }
        String id = request.path().substring(ONE.length());
        boolean post = request.method().equals("POST");
        tell(get ? show(id) : post ? decide(by, id, request) : done(HttpAnswer.methodNotAllowed("GET, POST")), answer);
        return true;
    }

    private static void tell(CompletionStage<HttpAnswer> asked, Consumer<HttpAnswer> answer) {
        CompletionStage<HttpAnswer> unused = asked.exceptionally(failure -> {
                    LOG.warn("reports cannot be told: {}", failure.toString());
                    return BROKEN;
                })
                .whenComplete((told, none) -> answer.accept(told));
    }

    private CompletionStage<HttpAnswer> list(HttpRequest request) {
        return Paging.read(request, Set.of("state"))
                .then(page -> wanted(request).then(wanted -> Parsed.ok(list(page, wanted))))
                .fold(listed -> listed, reason -> done(HttpAnswer.refused(Refusal.BAD_REQUEST, reason)));
    }

    private CompletionStage<HttpAnswer> list(Paging page, Predicate<Report> wanted) {
        return reports.list(wanted, page.after(), page.limit() + 1).thenApply(found -> {
            ObjectNode body = AdminJson.object();
            var lines = body.putArray("reports");
            found.stream().limit(page.limit()).forEach(one -> ReportJson.describe(one, lines.addObject()));
            if (found.size() > page.limit()) {
                body.put("next", found.get(page.limit() - 1).id());
            }
            return AdminJson.answer(body);
        });
    }

    private static Parsed<Predicate<Report>> wanted(HttpRequest request) {
        String state = request.query().get("state");
        return state == null
                ? Parsed.ok(report -> true)
                : ReportJson.one("state", state, State.values())
                        .then(one -> Parsed.ok(report -> report.state() == one));
    }

    private CompletionStage<HttpAnswer> show(String id) {
        return reports.find(id)
                .thenApply(found ->
                        found.map(ReportJson::whole).map(AdminJson::answer).orElse(NONE));
    }

    private CompletionStage<HttpAnswer> decide(Identity by, String id, HttpRequest request) {
        Parsed<ReportJson.Decision> read = ReportJson.decision(request.body());
        if (read instanceof Parsed.Bad<ReportJson.Decision> bad) {
            return done(HttpAnswer.refused(Refusal.BAD_REQUEST, bad.reason()));
        }
        ReportJson.Decision decision = read.get();
        if (decision.action() == Action.BAN && by.role() != Actor.Role.ADMIN) {
            return done(HttpAnswer.refused(Refusal.NOT_ALLOWED, "only a token with the role admin bans"));
        }
        return reports.find(id).thenCompose(found -> decide(by, found, decision));
    }

    private CompletionStage<HttpAnswer> decide(Identity by, Optional<Report> found, ReportJson.Decision decision) {
        if (found.isEmpty()) {
            return done(NONE);
        }
        Report report = found.get();
        if (report.closing() != null) {
            return done(HttpAnswer.refused(Refusal.EXISTS, "the report is closed already"));
        }
        Closing closing = new Closing(decision.state(), by.user(), clock.millis(), decision.action(), decision.note());
        return actions.carryOut(by, report, decision.action())
                .thenCompose(done -> done ? reports.close(report.id(), closing).thenApply(this::told) : done(BROKEN))
                .thenApply(told -> {
                    LOG.info(
                            "{} closed report {} as {} with {}: {}",
                            by.user(),
                            report.id(),
                            decision.state(),
                            decision.action(),
                            told.status());
                    return told;
                });
    }

    private HttpAnswer told(Answer<Report> closed) {
        return closed.fold(
                report -> {
                    ObjectNode body = AdminJson.object();
                    ReportJson.describe(report, body);
                    return AdminJson.answer(body);
                },
                HttpAnswer::refused);
    }

    private static CompletionStage<HttpAnswer> done(HttpAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
