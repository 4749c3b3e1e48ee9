package dev.waggle.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random commands against a model that keeps plain sets and counts. */
class ConversationModelTest {
    private static final List<UserId> PEOPLE = List.of(
            new UserId("ann"),
            new UserId("ben"),
            new UserId("cleo"),
            new UserId("dan"),
            new UserId("eve"),
            new UserId("fay"));

    @Test
    void randomCommands_toAGroup_agreeWithTheModel() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Talk talk = new Talk(Talk.TEAM, new RuleLimits(4, 16, 10, 10, 1_000, false, false, 60, 50, 50, 60, 60));
            Model model = new Model();
            for (int i = 0; i < 60; i++) {
                talk.now += random.nextInt(20) - 5;
                model.check(talk, command(talk, random), "seed " + seed + " step " + i);
            }
            checkLog(talk, "seed " + seed);
        }
    }

    @Test
    void randomMessages_oneToOne_areNumberedWithoutHolesAndKeysHold() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Talk talk = new Talk(ConversationId.direct(PEOPLE.get(0), PEOPLE.get(1)));
            Map<String, Long> seqs = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                talk.now += random.nextInt(20) - 5;
                UserId from = PEOPLE.get(random.nextInt(2));
                String key = "k" + random.nextInt(20);
                ConversationDecision.Accepted accepted = talk.accepted(talk.message(from, key, key));
                Long before = seqs.putIfAbsent(from + key, talk.state.lastSeq());
                assertThat(accepted.entry() == null).as("seed %d", seed).isEqualTo(before != null);
            }
            assertThat(talk.log).hasSize(seqs.size());
            checkLog(talk, "seed " + seed);
        }
    }

    private static void checkLog(Talk talk, String where) {
        ConversationState replayed = ConversationState.none(talk.state.id());
        long ts = 0;
        for (Event.LogEntry entry : talk.log) {
            assertThat(entry.seq()).as(where).isEqualTo(replayed.lastSeq() + 1);
            assertThat(entry.ts()).as(where).isGreaterThanOrEqualTo(ts);
            ts = entry.ts();
            replayed = ConversationRules.apply(replayed, entry);
        }
        assertThat(replayed).as(where).isEqualTo(talk.state);
    }

    private static Command.OfConversation command(Talk talk, Random random) {
        UserId who = one(random);
        return switch (random.nextInt(8)) {
            case 0 -> talk.create(who, some(random));
            case 1, 2 -> talk.add(who, null, some(random));
            case 3 -> talk.remove(who, some(random));
            case 4 -> talk.leave(who, null);
            default -> talk.message(who, null, "hi");
        };
    }

    private static UserId one(Random random) {
        return PEOPLE.get(random.nextInt(PEOPLE.size()));
    }

    private static UserId[] some(Random random) {
        UserId[] users = new UserId[random.nextInt(4)];
        Arrays.setAll(users, i -> one(random));
        return users;
    }

    /** Membership as a person would keep it on paper: who has which role, in which order they came. */
    private static final class Model {
        private final Map<UserId, MemberRole> roles = new TreeMap<>();
        private final Map<UserId, Long> joined = new HashMap<>();
        private boolean exists;
        private long last;

        void check(Talk talk, Command.OfConversation command, String where) {
            Set<UserId> before = new TreeSet<>(roles.keySet());
            boolean changes = apply(command);
            ConversationDecision decision = talk.decide(command);
            if (!changes) {
                boolean silent = decision instanceof ConversationDecision.Refused
                        || decision instanceof ConversationDecision.Accepted accepted && accepted.entry() == null;
                assertThat(silent).as(where).isTrue();
            } else {
                last++;
                ConversationDecision.Accepted accepted = (ConversationDecision.Accepted) decision;
                assertThat(accepted.entry().seq()).as(where).isEqualTo(last);
                Set<UserId> told = new TreeSet<>(before);
                told.addAll(roles.keySet());
                assertThat(accepted.recipients()).as(where).containsExactlyElementsOf(told);
                before.removeAll(roles.keySet());
                assertThat(new TreeSet<>(accepted.revoked())).as(where).isEqualTo(before);
            }
            GroupState group = talk.state.group();
            Map<UserId, MemberRole> actual = new TreeMap<>();
            for (Member member : group == null ? List.<Member>of() : group.members()) {
                actual.put(member.user(), member.role());
                assertThat(member.firstSeq()).as(where).isEqualTo(joined.get(member.user()));
            }
            assertThat(actual).as(where).isEqualTo(roles);
        }

        private boolean apply(Command.OfConversation command) {
            UserId who = command.actor().user();
            if (command instanceof Command.CreateGroup create) {
                Set<UserId> all = new HashSet<>(create.members());
                all.add(who);
                if (exists || all.size() > 4) {
                    return false;
                }
                exists = true;
                all.forEach(this::join);
                roles.put(who, MemberRole.OWNER);
                return true;
            }
            MemberRole mine = roles.get(who);
            if (mine == null) {
                return false;
            }
            if (command instanceof Command.AddMembers add) {
                Set<UserId> fresh = new HashSet<>(add.users());
                fresh.removeAll(roles.keySet());
                if (mine == MemberRole.MEMBER || fresh.isEmpty() || roles.size() + fresh.size() > 4) {
                    return false;
                }
                fresh.forEach(this::join);
                return true;
            }
            if (command instanceof Command.RemoveMembers remove) {
                Set<UserId> gone = new HashSet<>(remove.users());
                gone.retainAll(roles.keySet());
                boolean allowed = gone.stream().allMatch(user -> mine.compareTo(roles.get(user)) < 0);
                if (mine == MemberRole.MEMBER || gone.isEmpty() || !allowed) {
                    return false;
                }
                roles.keySet().removeAll(gone);
                return true;
            }
            if (command instanceof Command.LeaveGroup) {
                roles.remove(who);
                if (!roles.isEmpty() && !roles.containsValue(MemberRole.OWNER)) {
                    UserId heir = roles.keySet().stream()
                            .min((a, b) -> {
                                int byRole = roles.get(a).compareTo(roles.get(b));
                                int byTime = Long.compare(joined.get(a), joined.get(b));
                                return byRole != 0 ? byRole : byTime != 0 ? byTime : a.compareTo(b);
                            })
                            .orElseThrow();
                    roles.put(heir, MemberRole.OWNER);
                }
                return true;
            }
            return true;
        }

        private void join(UserId user) {
            roles.put(user, MemberRole.MEMBER);
            joined.put(user, last + 1);
        }
    }
}
