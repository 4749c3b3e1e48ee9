package dev.waggle.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random commands to a group against {@link GroupModel}, which keeps it as a person would on paper. */
class GroupModelTest {
    private static final List<UserId> PEOPLE = List.of(
            new UserId("ann"),
            new UserId("ben"),
            new UserId("cleo"),
            new UserId("dan"),
            new UserId("eve"),
            new UserId("fay"));
    private static final int MOST_MEMBERS = 4;

    @Test
    void randomCommands_agreeWithTheModel() {
        Set<Standing.Kind> happened = EnumSet.noneOf(Standing.Kind.class);
        for (long seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            Talk talk = new Talk(
                    Talk.TEAM, new RuleLimits(MOST_MEMBERS, 16, 10, 10, 1_000, false, false, 60, 50, 50, 60, 60));
            GroupModel model = new GroupModel(MOST_MEMBERS);
            for (int i = 0; i < 80; i++) {
                talk.now += random.nextInt(60) == 0 ? RuleLimits.PENDING_MILLIS : random.nextInt(3_000) - 500;
                Command.OfConversation command = command(talk, random);
                model.check(talk, command, "seed " + seed + " step " + i + " " + command);
            }
            happened.addAll(model.happened());
            ConversationModelTest.checkLog(talk, "seed " + seed);
        }
        assertThat(happened).as("every kind of event was decided").hasSize(Standing.Kind.values().length);
    }

    private static Command.OfConversation command(Talk talk, Random random) {
        UserId who = one(random);
        return switch (random.nextInt(26)) {
            case 0 -> talk.create(who, some(random));
            case 1, 2 -> talk.add(who, null, some(random));
            case 3 -> talk.remove(who, some(random));
            case 4 -> talk.leave(who, null);
            case 5, 6 -> talk.update(who, patch(random));
            case 7, 8, 9 -> talk.role(who, one(random), MemberRole.values()[random.nextInt(4)]);
            case 10, 11 -> talk.stand(who, Standing.Kind.INVITED, some(random));
            case 12, 13, 14 -> talk.stand(who, Standing.Kind.REQUESTED);
            case 15 -> talk.stand(who, Standing.Kind.DECLINED);
            case 16 -> talk.stand(who, Standing.Kind.REFUSED, some(random));
            case 17 -> talk.stand(who, Standing.Kind.BANNED, one(random));
            case 18 -> talk.stand(who, Standing.Kind.UNBANNED, one(random));
            case 19, 20, 21, 22 -> talk.mute(who, one(random), random.nextInt(2) * 60L);
            case 23 ->
                random.nextInt(6) == 0 ? talk.stand(who, Standing.Kind.DISSOLVED) : talk.message(who, null, "hi");
            default -> talk.message(who, null, "hi");
        };
    }

    private static GroupPatch patch(Random random) {
        List<String> texts = Arrays.asList(null, null, "", "a", "b");
        return new GroupPatch(
                texts.get(random.nextInt(5)),
                texts.get(random.nextInt(5)),
                texts.get(random.nextInt(5)),
                random.nextBoolean() ? null : JoinPolicy.values()[random.nextInt(4)],
                random.nextBoolean() ? null : HistoryPolicy.values()[random.nextInt(2)]);
    }

    private static UserId one(Random random) {
        return PEOPLE.get(random.nextInt(PEOPLE.size()));
    }

    private static UserId[] some(Random random) {
        List<UserId> users = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            users.add(one(random));
        }
        return users.toArray(UserId[]::new);
    }
}
