package dev.waggle.push.rules;

import static dev.waggle.push.rules.Scene.NOON;

import dev.waggle.push.Address;
import dev.waggle.push.registration.Privacy;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.registration.PushSettings.Elsewhere;
import dev.waggle.push.registration.QuietHours;
import dev.waggle.push.registration.Registration;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.OwnSettings;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/** Makes situations of all kinds from a seed; the same from the same. */
final class AnySituation {
    private static final List<Address> ADDRESSES = List.of(
            new Address.Fcm("t", false),
            new Address.Apns("ab", "", false),
            new Address.WebPush(URI.create("https://h/"), Bytes.EMPTY, Bytes.EMPTY),
            new Address.Webhook("w"));

    private final Random random;
    private final String text;
    private final String sender;
    private final String group;

    AnySituation(long seed) {
        this(seed, "text", "sender", "group");
    }

    /** @param text of all messages; as {@code sender} and {@code group} something to be looked for afterwards */
    AnySituation(long seed, String text, String sender, String group) {
        random = new Random(seed);
        this.text = text;
        this.sender = sender;
        this.group = group;
    }

    Situation make() {
        List<Waiting> waiting = waiting(random.nextInt(25));
        long last = waiting.isEmpty() ? 0 : waiting.get(waiting.size() - 1).position();
        List<Sleeper> devices = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            devices.add(device(new DeviceId("device" + i), last));
        }
        Map<DeviceId, Long> activity = new HashMap<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            activity.put(new DeviceId("device" + random.nextInt(4)), NOON - random.nextInt(120_000));
        }
        boolean more = random.nextInt(4) == 0;
        return new Situation(
                Scene.ME,
                NOON,
                more ? last + random.nextInt(10) : last,
                devices,
                activity,
                waiting,
                more,
                settings(),
                random.nextInt(20));
    }

    private List<Waiting> waiting(int most) {
        List<Waiting> waiting = new ArrayList<>();
        Map<ConversationName, Long> seqs = new HashMap<>();
        long ts = NOON - random.nextInt(100_000);
        for (int i = 0; i < most; i++) {
            ts = Math.min(NOON, ts + random.nextInt(10_000));
            ConversationName conversation = conversation();
            waiting.add(new Waiting(
                    2 * i + 1,
                    ts,
                    conversation,
                    seqs.merge(conversation, 1L + random.nextInt(2), Long::sum),
                    random.nextInt(8) == 0 ? Scene.ME : new UserId(sender),
                    random.nextInt(8) == 0 ? Waiting.Kind.INVITATION : Waiting.Kind.MESSAGE,
                    random.nextInt(5) == 0,
                    Waiting.Wish.values()[Math.max(0, random.nextInt(8) - 5)],
                    random.nextInt(6) == 0 ? ts + random.nextInt(200_000) : 0,
                    random.nextBoolean() ? text : null,
                    random.nextInt(4) == 0 ? "image/png" : null,
                    own(),
                    random.nextInt(6) == 0,
                    conversation instanceof ConversationName.InGroup ? group : null));
        }
        return waiting;
    }

    private ConversationName conversation() {
        int which = random.nextInt(3);
        return which == 0
                ? new ConversationName.Peer(new UserId(sender))
                : ConversationName.parse("g/" + group + which).get();
    }

    private OwnSettings own() {
        long muted = random.nextInt(6) == 0 ? NOON + 1_000 : 0;
        OwnSettings.Level level = OwnSettings.Level.values()[Math.max(0, random.nextInt(10) - 7)];
        return new OwnSettings(muted, level, SeqRanges.NONE, 0);
    }

    private Sleeper device(DeviceId id, long last) {
        int bound = (int) last + 1;
        long cursor = random.nextInt(bound);
        List<Long> above = LongStream.rangeClosed(cursor + 2, last)
                .filter(position -> random.nextInt(4) == 0)
                .boxed()
                .toList();
        Registration registration = new Registration(
                "default",
                ADDRESSES.get(random.nextInt(ADDRESSES.size())),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                "",
                random.nextInt(3) == 0 ? Privacy.NONE : null,
                random.nextBoolean(),
                null,
                NOON - random.nextInt(1_000));
        return new Sleeper(
                id,
                registration,
                random.nextInt(3) == 0 ? random.nextInt(bound) : 0,
                random.nextInt(4) == 0 ? null : new DeviceProgress(cursor, above, last),
                random.nextInt(3) == 0,
                NOON - random.nextInt(20_000));
    }

    private PushSettings settings() {
        LocalTime from = LocalTime.of(random.nextInt(24), 0);
        QuietHours quiet = new QuietHours(
                from, from.plusHours(4), ZoneOffset.UTC, EnumSet.allOf(DayOfWeek.class), random.nextBoolean());
        return new PushSettings(
                random.nextInt(3) == 0 ? quiet : null,
                random.nextInt(8) == 0 ? NOON + 1_000 : 0,
                Elsewhere.values()[random.nextInt(3)],
                30,
                random.nextBoolean(),
                random.nextBoolean(),
                Privacy.NONE);
    }
}
