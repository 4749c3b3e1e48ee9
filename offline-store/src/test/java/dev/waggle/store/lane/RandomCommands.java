package dev.waggle.store.lane;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import dev.waggle.spec.message.MutePatch;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.spec.message.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What people ask of conversations, drawn by chance; everything follows from the seed. */
final class RandomCommands {
    static final List<UserId> USERS =
            List.of(new UserId("ann"), new UserId("ben"), new UserId("cleo"), new UserId("dan"), new UserId("eve"));
    static final DeviceId DEVICE = new DeviceId("phone");

    /** The first two are never dissolved; of the others there is one at a time. */
    static final List<ConversationId.Group> GROUPS =
            List.of(group("g1"), group("g2"), group("s1"), group("s2"), group("s3"));

    private static final int FIRST_SHORT_LIVED = 2;

    private final Random random;
    private final ManualClock clock;
    private int number;
    private int shortLived = FIRST_SHORT_LIVED;
    private UserId invited = USERS.get(0);

    RandomCommands(Random random, ManualClock clock) {
        this.random = random;
        this.clock = clock;
    }

    /** One more each time. */
    int number() {
        return number++;
    }

    /** The short-lived group is no more: the next one takes its place, as long as there is one. */
    void dissolved() {
        shortLived = Math.min(shortLived + 1, GROUPS.size() - 1);
    }

    Command.SendMessage message() {
        UserId from = user();
        ConversationId to = random.nextInt(3) == 0 ? group() : ConversationId.direct(from, user());
        String body = "body" + number++;
        return new Command.SendMessage(
                Actor.of(from, DEVICE),
                to,
                new SendKey(Bytes.utf8(random.nextInt(4) == 0 ? "again" + random.nextInt(4) : body)),
                Bytes.utf8(body),
                properties(),
                random.nextInt(6) == 0 ? 1 + number % 60_000 : null,
                random.nextInt(20) == 0,
                clock.millis());
    }

    /** Groups to begin with; ann leads two of them. */
    List<Command.OfConversation> creations() {
        List<Command.OfConversation> creations = new ArrayList<>();
        for (int i = 0; i <= FIRST_SHORT_LIVED; i++) {
            creations.add(new Command.CreateGroup(
                    Actor.of(USERS.get(i % 2), DEVICE),
                    GROUPS.get(i),
                    GroupPatch.NONE,
                    List.of(user(), user(), user()),
                    new SendKey(Bytes.utf8("create" + i)),
                    clock.millis()));
        }
        return creations;
    }

    private MessageProperties properties() {
        List<UserProperty> user = new ArrayList<>();
        if (random.nextInt(8) == 0) {
            user.add(new UserProperty(MessageProperties.PRIORITY, MessageProperties.HIGH));
        }
        if (random.nextInt(8) == 0) {
            user.add(new UserProperty(MessageProperties.MENTION, user().value()));
        }
        return new MessageProperties(null, false, random.nextInt(6) == 0 ? 1 + random.nextInt(10) : 0, user);
    }

    Command.OfConversation change() {
        // Ann leads more often than others do, so that more of what only leaders may is carried out.
        Actor actor = Actor.of(random.nextInt(3) == 0 ? USERS.get(0) : user(), DEVICE);
        ConversationId.Group group = group();
        SendKey key = new SendKey(Bytes.utf8("change" + number++));
        List<UserId> users = List.of(user(), user());
        long now = clock.millis();
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Command.CreateGroup(actor, group, GroupPatch.NONE, users, key, now);
            case 2, 3 -> new Command.AddMembers(actor, group, users, key, now);
            case 4 -> new Command.RemoveMembers(actor, group, users, key, now);
            case 5 -> new Command.LeaveGroup(actor, group, key, now);
            case 6 -> new Command.UpdateGroup(actor, group, settings(), key, now);
            case 7 -> new Command.ChangeRole(actor, group, user(), MemberRole.values()[random.nextInt(4)], key, now);
            default -> standing(actor, group, users, key, now);
        };
    }

    private Command.OfConversation standing(
            Actor actor, ConversationId.Group group, List<UserId> users, SendKey key, long now) {
        boolean mayEnd = GROUPS.indexOf(group) >= FIRST_SHORT_LIVED;
        int kinds = Standing.Kind.values().length;
        Standing.Kind kind = Standing.Kind.values()[random.nextInt(mayEnd ? kinds : kinds - 1)];
        List<UserId> whom =
                switch (kind) {
                    case INVITED, REFUSED -> users;
                    case REQUESTED, DECLINED, DISSOLVED -> List.of();
                    default -> users.subList(0, 1);
                };
        if (kind == Standing.Kind.INVITED) {
            invited = whom.get(0);
        }
        if (kind == Standing.Kind.DECLINED) {
            return new Command.ChangeStanding(Actor.of(invited, DEVICE), group, kind, whom, 0, key, now);
        }
        long seconds = kind == Standing.Kind.MUTED ? 1 + random.nextInt(5) : 0;
        return new Command.ChangeStanding(actor, group, kind, whom, seconds, key, now);
    }

    Command.OfConversation erasure() {
        UserId by = user();
        Actor actor = new Actor(Author.of(by), DEVICE, random.nextInt(3) == 0 ? Actor.Role.MODERATOR : Actor.Role.USER);
        ConversationId of = random.nextBoolean() ? group() : ConversationId.direct(by, user());
        SendKey key = new SendKey(Bytes.utf8("erase" + number++));
        long now = clock.millis();
        long seq = 1 + random.nextInt(12);
        SeqRanges seqs = SeqRanges.of(seq, seq + random.nextInt(3));
        return switch (random.nextInt(7)) {
            case 0, 1 ->
                new Command.EditMessage(
                        actor, of, seq, Bytes.utf8("edit" + number++), random.nextInt(8) == 0, key, now);
            case 2, 3 -> {
                boolean outside = actor.role() == Actor.Role.MODERATOR && random.nextBoolean();
                yield new Command.DeleteMessages(actor, of, seqs, outside, key, now);
            }
            case 4 -> new Command.HideMessages(actor, of, seqs, key, now);
            case 5 -> new Command.MuteConversation(actor, of, new MutePatch(seq, null, null), key, now);
            default ->
                new Command.MuteConversation(actor, of, new MutePatch(null, null, OwnSettings.Level.NONE), key, now);
        };
    }

    /** One user blocks or unblocks another, shows or hides what it receives, or a moderator makes it unseen. */
    Command.ChangeSettings settingsChange() {
        UserId user = user();
        UserId other = user();
        SettingsChange change =
                switch (random.nextInt(6)) {
                    case 0, 1 -> SettingsChange.block(other);
                    case 2, 3 -> SettingsChange.unblock(other);
                    case 4 -> SettingsChange.shadow(random.nextInt(6) == 0);
                    default -> SettingsChange.own(random.nextBoolean(), null, null);
                };
        return new Command.ChangeSettings(user, change, clock.millis());
    }

    private GroupPatch settings() {
        return new GroupPatch(
                "name" + number,
                null,
                null,
                JoinPolicy.values()[random.nextInt(4)],
                HistoryPolicy.values()[random.nextInt(2)]);
    }

    ConversationId.Group group() {
        int group = random.nextInt(FIRST_SHORT_LIVED + 1);
        return GROUPS.get(group == FIRST_SHORT_LIVED ? shortLived : group);
    }

    UserId user() {
        return USERS.get(random.nextInt(USERS.size()));
    }

    private static ConversationId.Group group(String id) {
        return new ConversationId.Group(new GroupId(id));
    }
}
