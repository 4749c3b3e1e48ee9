package dev.waggle.broker.config;

import dev.waggle.broker.moderation.HostRule;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.moderation.TextRules;
import dev.waggle.broker.moderation.Verdict;
import dev.waggle.broker.moderation.WordSet;
import dev.waggle.push.webhook.WebhookUrl;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The keys of what is done about messages that others should not have to see. */
final class ModerationSettings {
    private static final String NONE = "none";
    private static final String HOST = "[\\p{L}\\p{N}_-]{1,63}(\\.[\\p{L}\\p{N}_-]{1,63}){0,15}";

    /** What a rule does. */
    enum RuleAction {
        REFUSE,
        FLAG,
        SHADOW;

        Verdict verdict() {
            return Verdict.valueOf(name());
        }
    }

    /** What a message gets that the hook has not judged. */
    enum OnFailure {
        ALLOW,
        REFUSE
    }

    static final Setting<Integer> OPEN_REPORTS = new Setting<>(
            "moderation.reports.open",
            "reports",
            "1000",
            Kind.whole(1, 10_000),
            "reports that wait for a moderator at a time; above it, more are refused");
    static final Setting<Set<Actor.Role>> ROLES = new Setting<>(
            "moderation.roles",
            "",
            "user",
            Kind.someOf(Actor.Role.class),
            "roles in the chat whose messages and edits the rules below and the hook look at");
    static final Setting<List<String>> WORDS = new Setting<>(
            "moderation.words.list",
            "",
            "[]",
            Kind.several("a list of words and phrases of 2 to 64 characters, no commas", ".{1,64}"),
            "what no text is to hold; case, width and unseen characters make no difference");
    static final Setting<String> WORDS_FILE = new Setting<>(
            "moderation.words.file",
            "",
            NONE,
            Kind.matching("a path, or none", ".+"),
            "a file with more of them, one a line; lines that begin with # are none; 10,000 words of both at most");
    static final Setting<RuleAction> WORDS_ACTION = new Setting<>(
            "moderation.words.action",
            "",
            "refuse",
            Kind.oneOf(RuleAction.class),
            "what becomes of such a message: not stored; stored and reported; seen by its author alone");
    static final Setting<List<String>> HOSTS_ALLOWED = new Setting<>(
            "moderation.urls.allow",
            "",
            "[]",
            Kind.several("a list of names of hosts", HOST),
            "if there are any, web addresses in texts lead to these and their subdomains only");
    static final Setting<List<String>> HOSTS_DENIED = new Setting<>(
            "moderation.urls.deny",
            "",
            "[]",
            Kind.several("a list of names of hosts", HOST),
            "hosts that no text names, nor their subdomains");
    static final Setting<RuleAction> HOSTS_ACTION = new Setting<>(
            "moderation.urls.action", "", "refuse", Kind.oneOf(RuleAction.class), "what becomes of such a message");
    static final Setting<Optional<WebhookUrl>> HOOK_URL = new Setting<>(
            "moderation.hook.url",
            "",
            NONE,
            new Kind<>("an https:// address, or http:// on the loopback address, or none", ModerationSettings::url),
            "a program that is asked about each message and edit before it is stored");
    static final Setting<String> HOOK_SECRET = new Setting<>(
            "moderation.hook.secretFile",
            "",
            NONE,
            Kind.matching("a path, or none", ".+"),
            "a file whose first line signs the questions, at least 32 characters; needed with a hook");
    static final Setting<Duration> HOOK_TIMEOUT =
            new Setting<>("moderation.hook.timeout", "", "2s", Kind.span("1s", "10s"), "how long an answer may take");
    static final Setting<OnFailure> HOOK_ON_FAILURE = new Setting<>(
            "moderation.hook.onFailure",
            "",
            "allow",
            Kind.oneOf(OnFailure.class),
            "what a message gets that is not judged: no answer in time, a broken one, too many questions");
    static final Setting<Screening.Reach> HOOK_REACH = new Setting<>(
            "moderation.hook.conversations",
            "",
            "all",
            Kind.oneOf(Screening.Reach.class),
            "which conversations the hook is asked about");

    static final List<Setting<?>> ALL = List.of(
            OPEN_REPORTS,
            ROLES,
            WORDS,
            WORDS_FILE,
            WORDS_ACTION,
            HOSTS_ALLOWED,
            HOSTS_DENIED,
            HOSTS_ACTION,
            HOOK_URL,
            HOOK_SECRET,
            HOOK_TIMEOUT,
            HOOK_ON_FAILURE,
            HOOK_REACH);

    private ModerationSettings() {}

    /** @param place where a relative path of a setting begins */
    static WaggleConfig.Moderation read(
            Values values, BiFunction<Setting<?>, String, Path> place, List<Problem> problems) {
        TextRules text = new TextRules(
                words(values, place, problems),
                values.of(WORDS_ACTION).verdict(),
                new HostRule(Set.copyOf(values.of(HOSTS_ALLOWED)), Set.copyOf(values.of(HOSTS_DENIED))),
                values.of(HOSTS_ACTION).verdict());
        WaggleConfig.Hook hook = values.of(HOOK_URL)
                .map(url -> new WaggleConfig.Hook(
                        url,
                        secret(values, place, problems),
                        values.of(HOOK_TIMEOUT),
                        values.of(HOOK_ON_FAILURE) == OnFailure.REFUSE))
                .orElse(null);
        return new WaggleConfig.Moderation(
                values.of(OPEN_REPORTS),
                new Screening.Terms(values.of(ROLES), text, values.of(HOOK_REACH), hook != null),
                hook);
    }

    private static WordSet words(Values values, BiFunction<Setting<?>, String, Path> place, List<Problem> problems) {
        List<String> words = new ArrayList<>(values.of(WORDS));
        String file = values.of(WORDS_FILE);
        if (!file.equals(NONE)) {
            LinesFile.read(place.apply(WORDS_FILE, file))
                    .fold(words::addAll, reason -> problems.add(problem(WORDS_FILE, reason)));
        }
        return WordSet.of(words).fold(set -> set, reason -> {
            problems.add(problem(WORDS, reason));
            return WordSet.NONE;
        });
    }

    private static Secret secret(Values values, BiFunction<Setting<?>, String, Path> place, List<Problem> problems) {
        String file = values.of(HOOK_SECRET);
        Parsed<Secret> read = file.equals(NONE)
                ? Parsed.bad("is missing, and there is a hook")
                : LinesFile.secret(place.apply(HOOK_SECRET, file));
        return read.fold(secret -> secret, reason -> {
            problems.add(problem(HOOK_SECRET, reason));
            return new Secret("");
        });
    }

    private static Problem problem(Setting<?> setting, String reason) {
        return new Problem(setting.path(), reason, setting.allowed() + ": " + setting.meaning());
    }

    private static Parsed<Optional<WebhookUrl>> url(List<String> words) {
        if (words.size() != 1) {
            return Parsed.bad("must be one value");
        }
        return words.get(0).equals(NONE)
                ? Parsed.ok(Optional.empty())
                : WebhookUrl.parse(words.get(0)).then(url -> Parsed.ok(Optional.of(url)));
    }
}
