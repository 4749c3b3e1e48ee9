package dev.waggle.push.rules;

import dev.waggle.push.Address;
import dev.waggle.push.Alert;
import dev.waggle.push.Push;
import dev.waggle.push.registration.Privacy;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.registration.PushSettings.Elsewhere;
import dev.waggle.push.registration.QuietHours;
import dev.waggle.push.registration.Registration;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.OwnSettings;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One user with a few devices and an inbox, to be changed step by step; the clock stands until it is moved. */
final class Scene {
    static final UserId ME = new UserId("me");
    static final UserId BOB = new UserId("bob");
    static final DeviceId PHONE = new DeviceId("phone");
    static final DeviceId TABLET = new DeviceId("tablet");
    static final DeviceId DESK = new DeviceId("desk");
    static final ConversationName TEAM = ConversationName.parse("g/team").get();
    static final ConversationName WITH_BOB = new ConversationName.Peer(BOB);

    /** A Wednesday, 12:00 UTC. */
    static final long NOON = 1_763_553_600_000L;

    static final PushLimits LIMITS = PushLimits.USUAL;

    long now = NOON;
    int badge = 7;
    boolean more;
    PushSettings settings = PushSettings.USUAL;
    final List<Waiting> waiting = new ArrayList<>();
    final Map<DeviceId, Sleeper> devices = new LinkedHashMap<>();
    final Map<DeviceId, Long> activity = new HashMap<>();
    final Ledger ledger = new Ledger(LIMITS, 100);
    final PushRules rules = new PushRules(LIMITS, new Plain());
    final ReadSync readSync = new ReadSync(LIMITS, new Plain());

    /** Says nothing but where. */
    static final class Plain implements Phrasing {
        @Override
        public Said say(
                UserId user,
                Registration registration,
                Privacy privacy,
                Push.Kind kind,
                List<Waiting> entries,
                int total) {
            ConversationName conversation = entries.get(0).conversation();
            return new Said(thread(user, privacy, conversation), null, Alert.of(null, "" + total), null, null);
        }

        @Override
        public String thread(UserId user, Privacy privacy, ConversationName conversation) {
            return conversation.text();
        }
    }

    /** The user's phone, asleep for an hour, with a record in the inbox. */
    Scene phone() {
        return device(PHONE, new Address.Fcm("token", false));
    }

    Scene device(DeviceId device, Address address) {
        Registration registration = new Registration(
                "default", address, Locale.ENGLISH, ZoneOffset.UTC, "", null, false, null, NOON - 3_600_000);
        devices.put(device, new Sleeper(device, registration, 0, DeviceProgress.at(0), false, now - 3_600_000));
        return this;
    }

    Scene online(DeviceId device) {
        return change(device, old -> new Sleeper(device, old.registration(), old.handled(), old.progress(), true, now));
    }

    Scene away(DeviceId device) {
        return change(
                device, old -> new Sleeper(device, old.registration(), old.handled(), old.progress(), false, now));
    }

    /** It keeps no record in the inbox. */
    Scene passing(DeviceId device) {
        return change(
                device, old -> new Sleeper(device, old.registration(), old.handled(), null, old.online(), old.since()));
    }

    Scene acknowledged(DeviceId device, long cursor, Long... above) {
        DeviceProgress progress = new DeviceProgress(cursor, List.of(above), cursor);
        return change(
                device,
                old -> new Sleeper(device, old.registration(), old.handled(), progress, old.online(), old.since()));
    }

    Scene change(DeviceId device, UnaryOperator<Sleeper> change) {
        devices.compute(device, (id, old) -> change.apply(old));
        return this;
    }

    /** Everything that was decided counts as done. */
    List<Decision> run() {
        List<Decision> decisions = decide();
        decisions.forEach(decision -> ledger.note(ME, decision, now));
        rules.handled(situation(), decisions)
                .forEach((device, handled) -> change(
                        device,
                        old -> new Sleeper(
                                device, old.registration(), handled, old.progress(), old.online(), old.since())));
        return decisions;
    }

    List<Decision> decide() {
        return rules.decide(situation(), ledger);
    }

    Situation situation() {
        long last = waiting.isEmpty() ? 0 : waiting.get(waiting.size() - 1).position();
        return new Situation(ME, now, last, List.copyOf(devices.values()), activity, waiting, more, settings, badge);
    }

    Scene pass(long millis) {
        now += millis;
        return this;
    }

    Scene message(ConversationName conversation) {
        return message(conversation, entry -> entry);
    }

    Scene message(ConversationName conversation, UnaryOperator<Entry> with) {
        long position = waiting.size() + 1;
        long seq = waiting.stream()
                        .filter(entry -> entry.conversation().equals(conversation))
                        .count()
                + 1;
        waiting.add(with.apply(new Entry(position, now, conversation, seq)).made());
        return this;
    }

    Scene readAll() {
        waiting.replaceAll(entry -> new Entry(entry).read().made());
        return this;
    }

    Scene own(OwnSettings own) {
        waiting.replaceAll(entry -> new Entry(entry).own(own).made());
        return this;
    }

    Scene set(UnaryOperator<Wishes> change) {
        settings = change.apply(new Wishes(settings)).made();
        return this;
    }

    /** An entry in the making. */
    static final class Entry {
        private final long position;
        private final long ts;
        private final ConversationName conversation;
        private final long seq;
        private UserId from = BOB;
        private Waiting.Kind kind = Waiting.Kind.MESSAGE;
        private boolean mention;
        private Waiting.Wish wish = Waiting.Wish.USUAL;
        private long expiresAt;
        private OwnSettings own = OwnSettings.NONE;
        private boolean read;

        Entry(long position, long ts, ConversationName conversation, long seq) {
            this.position = position;
            this.ts = ts;
            this.conversation = conversation;
            this.seq = seq;
        }

        Entry(Waiting old) {
            this(old.position(), old.ts(), old.conversation(), old.seq());
            from = old.from();
            kind = old.kind();
            mention = old.mention();
            wish = old.wish();
            expiresAt = old.expiresAt();
            own = old.own();
            read = old.read();
        }

        Entry from(UserId user) {
            from = user;
            return this;
        }

        Entry invitation() {
            kind = Waiting.Kind.INVITATION;
            return this;
        }

        Entry mention() {
            mention = true;
            return this;
        }

        Entry wish(Waiting.Wish wished) {
            wish = wished;
            return this;
        }

        Entry expires(long at) {
            expiresAt = at;
            return this;
        }

        Entry own(OwnSettings settings) {
            own = settings;
            return this;
        }

        Entry read() {
            read = true;
            return this;
        }

        Waiting made() {
            return new Waiting(
                    position, ts, conversation, seq, from, kind, mention, wish, expiresAt, null, null, own, read, null);
        }
    }

    /** Settings in the making. */
    static final class Wishes {
        private QuietHours quiet;
        private long doNotDisturbUntil;
        private Elsewhere elsewhere;
        private final int elsewhereSeconds;
        private boolean mentionsBreakMute;
        private boolean callsBreakQuiet;

        Wishes(PushSettings old) {
            quiet = old.quiet();
            doNotDisturbUntil = old.doNotDisturbUntil();
            elsewhere = old.elsewhere();
            elsewhereSeconds = old.elsewhereSeconds();
            mentionsBreakMute = old.mentionsBreakMute();
            callsBreakQuiet = old.callsBreakQuiet();
        }

        Wishes quiet(QuietHours hours) {
            quiet = hours;
            return this;
        }

        Wishes doNotDisturbUntil(long until) {
            doNotDisturbUntil = until;
            return this;
        }

        Wishes elsewhere(Elsewhere what) {
            elsewhere = what;
            return this;
        }

        Wishes mentionsBreakMute() {
            mentionsBreakMute = true;
            return this;
        }

        Wishes callsBreakQuiet() {
            callsBreakQuiet = true;
            return this;
        }

        PushSettings made() {
            return new PushSettings(
                    quiet,
                    doNotDisturbUntil,
                    elsewhere,
                    elsewhereSeconds,
                    mentionsBreakMute,
                    callsBreakQuiet,
                    Privacy.NONE);
        }
    }
}
