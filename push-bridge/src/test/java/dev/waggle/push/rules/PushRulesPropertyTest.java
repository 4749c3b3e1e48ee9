package dev.waggle.push.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Push;
import dev.waggle.push.json.PushJson;
import dev.waggle.push.text.Wording;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every situation. */
class PushRulesPropertyTest {
    private static final PushLimits LIMITS = PushLimits.USUAL;
    private final PushRules rules = new PushRules(LIMITS, new Scene.Plain());

    @Property
    void neverAPush_forWhatTheDeviceHasAcknowledgedOrTheUserHasRead(@ForAll long seed) {
        Situation situation = new AnySituation(seed).make();
        for (Decision.Send send : sends(rules.decide(situation, new Ledger(LIMITS, 10)))) {
            Sleeper device = device(situation, send.device());
            List<Waiting> open = situation.waiting().stream()
                    .filter(entry -> entry.conversation().equals(send.conversation()))
                    .filter(entry -> !device.hasAcknowledged(entry.position()) && !entry.read())
                    .filter(entry -> entry.position() > device.handled())
                    .toList();
            assertThat(open).extracting(Waiting::seq).contains(send.seq());
            assertThat(send.push().count()).isBetween(1, open.size());
        }
    }

    @Property
    void everySituation_getsADecisionForEveryDeviceAndConversation(@ForAll long seed) {
        Situation situation = new AnySituation(seed).make();
        List<Decision> decisions = rules.decide(situation, new Ledger(LIMITS, 10));
        for (Sleeper device : situation.devices()) {
            for (Waiting entry : situation.waiting()) {
                assertThat(decisions).anyMatch(decision -> isAbout(decision, device.device(), entry));
            }
        }
    }

    /** Send or Skip up to its seq, or a Wait from its position on. */
    private static boolean isAbout(Decision decision, DeviceId device, Waiting entry) {
        if (!decision.device().equals(device)) {
            return false;
        }
        ConversationName conversation = entry.conversation();
        if (decision instanceof Decision.Wait wait) {
            return conversation.equals(wait.conversation()) && wait.from() <= entry.position();
        }
        return decision instanceof Decision.Send send
                ? conversation.equals(send.conversation()) && entry.seq() <= send.seq()
                : conversation.equals(((Decision.Skip) decision).conversation())
                        && entry.seq() <= ((Decision.Skip) decision).seq();
    }

    @Property
    void whatIsHandled_neverGoesBack_andNeverPastWhatWaits(@ForAll long seed) {
        Situation situation = new AnySituation(seed).make();
        List<Decision> decisions = rules.decide(situation, new Ledger(LIMITS, 10));
        Map<DeviceId, Long> handled = rules.handled(situation, decisions);
        for (Sleeper device : situation.devices()) {
            assertThat(handled.get(device.device()))
                    .isBetween(device.handled(), Math.max(device.handled(), situation.last()));
        }
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Wait wait) {
                assertThat(wait.until()).isGreaterThan(situation.now());
                assertThat(handled.get(wait.device())).isLessThan(wait.from());
            }
        }
    }

    @Property
    void deciding_changesNothing_andIsTheSameAgain(@ForAll long seed) {
        Situation situation = new AnySituation(seed).make();
        Ledger ledger = new Ledger(LIMITS, 10);
        List<Decision> before = rules.decide(situation, ledger);
        before.forEach(decision -> ledger.note(Scene.ME, decision, situation.now()));

        List<Decision> once = rules.decide(situation, ledger);
        assertThat(rules.decide(situation, ledger)).isEqualTo(once);
        assertThat(sends(once)).as("what was sent is not sent again").isEmpty();
        assertThat(rules.decide(situation, new Ledger(LIMITS, 10))).isEqualTo(before);
    }

    @Property
    void atPrivacyNone_aPushContainsNoByteOfTextSenderOrGroup(@ForAll long seed) {
        String text = "https://pictures-of-us.example/hello";
        Situation situation = new AnySituation(seed, text, "sender-name-of-it", "group-name-of-it").make();
        PushRules worded = new PushRules(
                LIMITS, new Wording(Bytes.utf8("0123456789abcdef0123456789abcdef"), (key, plain) -> Bytes.EMPTY));
        for (Decision.Send send : sends(worded.decide(situation, new Ledger(LIMITS, 10)))) {
            assertThat(new PushJson().write(send.push(), out -> {}).asUtf8())
                    .doesNotContain("pictures", "hello", "sender", "group", "name-of-it");
            assertThat(send.push().toString() + send).doesNotContain("pictures", "hello");
        }
    }

    /** However often and whenever one asks: when all is sent, the counts make up what was not read. */
    @Property(tries = 120)
    void theCountsOfAllPushes_areTheMessages_whateverTheBudget(@ForAll long seed) {
        Random random = new Random(seed);
        Scene scene = new Scene().phone();
        List<Push> sent = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            scene.message(conversation(random.nextInt(30)));
            sent.addAll(Decided.pushes(scene.run()));
            scene.pass(random.nextInt(400));
        }
        for (int asked = 0; scene.devices.get(Scene.PHONE).handled() < 150; asked++) {
            assertThat(asked).as("asked for ever").isLessThan(2_000);
            List<Decision> decisions = scene.run();
            sent.addAll(Decided.pushes(decisions));
            long next = decisions.stream()
                    .filter(Decision.Wait.class::isInstance)
                    .mapToLong(wait -> ((Decision.Wait) wait).until())
                    .min()
                    .orElse(scene.now);
            scene.now = next;
        }
        assertThat(sent.stream().mapToInt(Push::count).sum()).isEqualTo(150);
        assertThat(sent.stream().map(Push::id).collect(Collectors.toSet())).hasSameSizeAs(sent);
    }

    private static ConversationName conversation(int which) {
        return ConversationName.parse("g/group" + which).get();
    }

    private static List<Decision.Send> sends(List<Decision> decisions) {
        return decisions.stream()
                .filter(Decision.Send.class::isInstance)
                .map(Decision.Send.class::cast)
                .toList();
    }

    private static Sleeper device(Situation situation, DeviceId device) {
        return situation.devices().stream()
                .filter(one -> one.device().equals(device))
                .findFirst()
                .orElseThrow();
    }
}
