package dev.waggle.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Standing;
import dev.waggle.spec.message.Standings;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One group as a person would keep it on paper: who has which role and in which order they came, who waits, who is out,
 * who is to be silent until when. Written without a look at the rules' code; the rights are said in its own words.
 */
final class GroupModel {
    private final int mostMembers;
    private final Map<UserId, MemberRole> roles = new TreeMap<>();
    private final Map<UserId, Long> joined = new HashMap<>();
    private final TreeMap<UserId, Long> banned = new TreeMap<>();
    private final TreeMap<UserId, Long> invited = new TreeMap<>();
    private final TreeMap<UserId, Long> requests = new TreeMap<>();
    private final TreeMap<UserId, Long> muted = new TreeMap<>();
    private final Set<Standing.Kind> happened = EnumSet.noneOf(Standing.Kind.class);
    private String name = "";
    private String topic = "";
    private String picture = "";
    private JoinPolicy join = JoinPolicy.INVITE;
    private HistoryPolicy history = HistoryPolicy.JOINING;
    private boolean exists;
    private long last;
    private long time;
    /** Who hears of the last event besides the members. */
    private final Set<UserId> concerned = new HashSet<>();

    GroupModel(int mostMembers) {
        this.mostMembers = mostMembers;
    }

    /** The kinds of events that were decided. */
    Set<Standing.Kind> happened() {
        return happened;
    }

    void check(Talk talk, Command.OfConversation command, String where) {
        Set<UserId> before = new TreeSet<>(roles.keySet());
        concerned.clear();
        long now = Math.max(command.now(), time);
        List<Map<UserId, Long>> waiting = List.of(invited, requests, muted);
        List<Map<UserId, Long>> kept =
                waiting.stream().<Map<UserId, Long>>map(TreeMap::new).toList();
        forgetWhatIsOver(now);
        boolean changes = apply(command, now);
        ConversationDecision decision = talk.decide(command);
        if (!changes) {
            boolean silent = decision instanceof ConversationDecision.Refused
                    || decision instanceof ConversationDecision.Accepted accepted && accepted.entry() == null;
            assertThat(silent).as(where).isTrue();
            // Nothing happened at that time, and the next command may come from an earlier one.
            for (int i = 0; i < kept.size(); i++) {
                waiting.get(i).clear();
                waiting.get(i).putAll(kept.get(i));
            }
        } else {
            time = now;
            last++;
            assertThat(decision).as(where).isInstanceOf(ConversationDecision.Accepted.class);
            ConversationDecision.Accepted accepted = (ConversationDecision.Accepted) decision;
            assertThat(accepted.entry()).as(where).isNotNull();
            assertThat(accepted.entry().seq()).as(where).isEqualTo(last);
            Set<UserId> told = new TreeSet<>(before);
            told.addAll(roles.keySet());
            told.addAll(concerned);
            assertThat(accepted.recipients()).as(where).containsExactlyElementsOf(told);
            before.removeAll(roles.keySet());
            assertThat(new TreeSet<>(accepted.revoked())).as(where).isEqualTo(before);
            if (accepted.entry() instanceof Event.MembersChanged change && change.standing() != null) {
                happened.add(change.standing().kind());
            }
        }
        compare(talk.state.group(), now, where);
    }

    private void compare(GroupState group, long now, String where) {
        Map<UserId, MemberRole> actual = new TreeMap<>();
        for (Member member : group == null ? List.<Member>of() : group.members()) {
            actual.put(member.user(), member.role());
            assertThat(member.firstSeq()).as(where).isEqualTo(joined.get(member.user()));
        }
        assertThat(actual).as(where).isEqualTo(roles);
        if (group != null) {
            assertThat(StandingsRules.at(group.standings(), now))
                    .as(where)
                    .isEqualTo(StandingsRules.at(new Standings(banned, invited, requests, muted), now));
            assertThat(group.settings())
                    .as(where)
                    .isEqualTo(new GroupSettings(orNull(name), orNull(topic), orNull(picture), join, history));
        }
    }

    private void forgetWhatIsOver(long now) {
        invited.values().removeIf(since -> now >= since + RuleLimits.PENDING_MILLIS);
        requests.values().removeIf(since -> now >= since + RuleLimits.PENDING_MILLIS);
        muted.values().removeIf(until -> now >= until);
    }

    /** True if an event follows. */
    private boolean apply(Command.OfConversation command, long now) {
        UserId who = command.actor().user();
        if (command instanceof Command.CreateGroup create) {
            return create(create, who);
        }
        MemberRole mine = roles.get(who);
        if (command instanceof Command.ChangeStanding change) {
            return switch (change.kind()) {
                case REQUESTED -> join(who, now);
                case DECLINED -> concerns(who) && forget(who);
                default -> mine != null && stand(change, who, mine, now);
            };
        }
        if (mine == null) {
            return false;
        }
        if (command instanceof Command.AddMembers add) {
            Set<UserId> fresh = new HashSet<>(add.users());
            fresh.removeAll(roles.keySet());
            if (!leads(mine)
                    || fresh.isEmpty()
                    || fresh.stream().anyMatch(banned::containsKey)
                    || roles.size() + fresh.size() > mostMembers) {
                return false;
            }
            fresh.forEach(this::enter);
            return true;
        }
        if (command instanceof Command.RemoveMembers remove) {
            Set<UserId> gone = new HashSet<>(remove.users());
            gone.retainAll(roles.keySet());
            if (gone.isEmpty() || !gone.stream().allMatch(user -> commands(mine, roles.get(user)))) {
                return false;
            }
            roles.keySet().removeAll(gone);
            return true;
        }
        if (command instanceof Command.LeaveGroup) {
            leave(who);
            return true;
        }
        if (command instanceof Command.ChangeRole change) {
            return role(change, who, mine);
        }
        if (command instanceof Command.UpdateGroup update) {
            return update(update.change(), mine);
        }
        return mine != MemberRole.GUEST && !muted.containsKey(who);
    }

    private boolean create(Command.CreateGroup create, UserId who) {
        Set<UserId> all = new HashSet<>(create.members());
        all.add(who);
        if (exists || all.size() > mostMembers) {
            return false;
        }
        exists = true;
        name = create.settings().name();
        all.forEach(this::enter);
        roles.put(who, MemberRole.OWNER);
        return true;
    }

    private boolean join(UserId who, long now) {
        boolean expected = invited.containsKey(who);
        if (roles.isEmpty()
                || roles.containsKey(who)
                || banned.containsKey(who)
                || join == JoinPolicy.CLOSED
                || join == JoinPolicy.INVITE && !expected) {
            return false;
        }
        if (join == JoinPolicy.APPROVAL && !expected) {
            concerned.add(who);
            return requests.putIfAbsent(who, now) == null;
        }
        if (roles.size() == mostMembers) {
            return false;
        }
        enter(who);
        return true;
    }

    private boolean stand(Command.ChangeStanding change, UserId who, MemberRole mine, long now) {
        Set<UserId> users = new TreeSet<>(change.users());
        UserId one = users.isEmpty() ? who : users.iterator().next();
        MemberRole theirs = roles.get(one);
        boolean mayTouch = theirs == null ? leads(mine) : commands(mine, theirs);
        switch (change.kind()) {
            case INVITED:
                users.removeAll(roles.keySet());
                if (!leads(mine) || join == JoinPolicy.CLOSED || users.stream().anyMatch(banned::containsKey)) {
                    return false;
                }
                users.removeAll(invited.keySet());
                users.forEach(user -> invited.put(user, now));
                requests.keySet().removeAll(users);
                concerned.addAll(users);
                return !users.isEmpty();
            case REFUSED:
                users.removeIf(user -> !concerns(user));
                if (!leads(mine) || users.isEmpty()) {
                    return false;
                }
                users.forEach(this::forget);
                return true;
            case BANNED:
                if (!mayTouch || banned.containsKey(one)) {
                    return false;
                }
                if (concerns(one)) {
                    forget(one);
                }
                banned.put(one, now);
                roles.remove(one);
                return true;
            case UNBANNED:
                return leads(mine) && banned.remove(one) != null;
            case MUTED:
                if (!mayTouch || theirs == null) {
                    return false;
                }
                muted.put(one, now + change.seconds() * 1_000);
                return true;
            case UNMUTED:
                return mayTouch && muted.remove(one) != null;
            default:
                if (mine != MemberRole.OWNER) {
                    return false;
                }
                end();
                return true;
        }
    }

    private boolean role(Command.ChangeRole change, UserId who, MemberRole mine) {
        MemberRole from = roles.get(change.member());
        MemberRole to = change.role();
        if (from == null || from == to || !leads(mine)) {
            return false;
        }
        boolean small = !leads(from) && !leads(to);
        if (!small && mine != MemberRole.OWNER) {
            return false;
        }
        if (from == MemberRole.OWNER) {
            long owners = roles.values().stream()
                    .filter(role -> role == MemberRole.OWNER)
                    .count();
            if (!change.member().equals(who) || owners == 1) {
                return false;
            }
        }
        roles.put(change.member(), to);
        return true;
    }

    private boolean update(GroupPatch patch, MemberRole mine) {
        boolean opens = patch.join() != null || patch.history() != null;
        if (!leads(mine) || opens && mine != MemberRole.OWNER) {
            return false;
        }
        String before = name + "/" + topic + "/" + picture + join + history;
        name = patch.name() == null ? name : patch.name();
        topic = patch.topic() == null ? topic : patch.topic();
        picture = patch.picture() == null ? picture : patch.picture();
        join = patch.join() == null ? join : patch.join();
        history = patch.history() == null ? history : patch.history();
        return !before.equals(name + "/" + topic + "/" + picture + join + history);
    }

    private void leave(UserId who) {
        roles.remove(who);
        if (roles.isEmpty()) {
            end();
        } else if (!roles.containsValue(MemberRole.OWNER)) {
            UserId heir = roles.keySet().stream()
                    .min(Comparator.<UserId, MemberRole>comparing(roles::get)
                            .thenComparing(joined::get)
                            .thenComparing(user -> user))
                    .orElseThrow();
            roles.put(heir, MemberRole.OWNER);
        }
    }

    private void end() {
        List.of(roles, banned, invited, requests, muted).forEach(Map::clear);
    }

    private void enter(UserId user) {
        roles.put(user, MemberRole.MEMBER);
        joined.put(user, last + 1);
        invited.remove(user);
        requests.remove(user);
    }

    /** True if the user waits for an answer, or the group for the user's. */
    private boolean concerns(UserId user) {
        return invited.containsKey(user) || requests.containsKey(user);
    }

    private boolean forget(UserId user) {
        concerned.add(user);
        invited.remove(user);
        requests.remove(user);
        return true;
    }

    private static boolean leads(MemberRole role) {
        return role == MemberRole.OWNER || role == MemberRole.ADMIN;
    }

    /** Owners command all but owners, admins those who are neither. */
    private static boolean commands(MemberRole one, MemberRole other) {
        return switch (one) {
            case OWNER -> other != MemberRole.OWNER;
            case ADMIN -> !leads(other);
            default -> false;
        };
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
