package dev.waggle.store.lane;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.SettingsChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who blocks whom and who is shadowed, as far as answers tell; and from whom each message must be hidden, because that
 * held all the while from its first attempt to its answer, or may be, because it may have held at some time of it.
 */
final class SettingsWatch {
    private enum Known {
        NO,
        YES,
        UNSURE
    }

    /** Submits a command, says whether the store took it, and tells if it was carried out. */
    interface Asking {
        boolean ask(Command.OfUser command, Runnable accepted);
    }

    /** A yes or no of a user: it blocks the other one, or without another one: it is shadowed. */
    private static final class Flag {
        final UserId user;
        final @Nullable UserId blocked;
        Known known = Known.NO;
        int lastAsked;

        Flag(UserId user, @Nullable UserId blocked) {
            this.user = user;
            this.blocked = blocked;
        }

        boolean concerns(UserId author) {
            return author.equals(blocked == null ? user : blocked);
        }
    }

    /** What is known of one message that is on its way, or was. */
    private static final class Sight {
        final UserId from;
        final boolean shadow;
        final Set<UserId> hidden = new TreeSet<>();
        final Set<UserId> perhaps = new TreeSet<>();
        boolean surelyShadowed;
        boolean perhapsShadowed;

        Sight(Command.SendMessage message) {
            from = message.actor().user();
            shadow = message.shadow();
        }
    }

    private final List<String> violations;
    private final Map<String, Flag> flags = new TreeMap<>();
    private final Map<String, Sight> sights = new HashMap<>();
    private final Set<String> open = new TreeSet<>();
    private int hiddenForSure;

    SettingsWatch(List<String> violations) {
        this.violations = violations;
    }

    /** How many checked messages had to be hidden from somebody who blocked their author. */
    int hiddenForSure() {
        return hiddenForSure;
    }

    /** A message is sent for the first time. */
    void sends(Command.SendMessage message) {
        Sight sight = new Sight(message);
        for (Flag flag : flags.values()) {
            if (flag.concerns(sight.from)) {
                if (flag.blocked == null) {
                    sight.surelyShadowed = flag.known == Known.YES;
                    sight.perhapsShadowed = flag.known != Known.NO;
                } else {
                    if (flag.known == Known.YES) {
                        sight.hidden.add(flag.user);
                    }
                    if (flag.known != Known.NO) {
                        sight.perhaps.add(flag.user);
                    }
                }
            }
        }
        String body = message.body().asUtf8();
        sights.put(body, sight);
        open.add(body);
    }

    /** It is answered; what happens now is of no matter to it. */
    void answered(Command.SendMessage message) {
        open.remove(message.body().asUtf8());
    }

    /** Submits a change and follows what becomes of it. */
    void change(Command.ChangeSettings command, Asking asking) {
        Flag flag = flag(command);
        if (flag == null) {
            asking.ask(command, () -> {});
            return;
        }
        SettingsChange change = command.change();
        boolean on = change.block() != null || Boolean.TRUE.equals(change.shadowed());
        int asked = ++flag.lastAsked;
        Known before = flag.known;
        learn(flag, Known.UNSURE);
        boolean taken = asking.ask(command, () -> {
            if (asked == flag.lastAsked) {
                learn(flag, on ? Known.YES : Known.NO);
            }
        });
        if (!taken) {
            learn(flag, before);
        }
    }

    private @Nullable Flag flag(Command.ChangeSettings command) {
        SettingsChange change = command.change();
        UserId other = change.block() == null ? change.unblock() : change.block();
        if (other == null && change.shadowed() == null || command.user().equals(other)) {
            return null;
        }
        return flags.computeIfAbsent(command.user() + ">" + other, key -> new Flag(command.user(), other));
    }

    private void learn(Flag flag, Known known) {
        flag.known = known;
        for (String body : open) {
            Sight sight = sights.get(body);
            if (flag.concerns(sight.from)) {
                if (flag.blocked == null) {
                    sight.surelyShadowed &= known == Known.YES;
                    sight.perhapsShadowed |= known != Known.NO;
                } else {
                    if (known != Known.YES) {
                        sight.hidden.remove(flag.user);
                    }
                    if (known != Known.NO) {
                        sight.perhaps.add(flag.user);
                    }
                }
            }
        }
    }

    /** Holds a message that nobody has edited against what is known of it. */
    void check(Event.MessageStored message, Set<UserId> recipients) {
        Sight sight = sights.get(message.body().asUtf8());
        if (sight == null) {
            violations.add("nobody has sent " + message.body().asUtf8());
            return;
        }
        String where = message.conversation() + "#" + message.seq();
        boolean shadow = message.hiddenFrom().isShadow();
        if (shadow ? !(sight.shadow || sight.perhapsShadowed) : sight.shadow || sight.surelyShadowed) {
            violations.add(
                    where + (shadow ? " is seen by its author alone" : " of somebody shadowed is seen by others"));
        }
        if (shadow) {
            return;
        }
        List<UserId> must = new ArrayList<>(sight.hidden);
        must.retainAll(recipients);
        hiddenForSure += must.isEmpty() ? 0 : 1;
        List<UserId> hiddenFrom = message.hiddenFrom().users();
        if (!hiddenFrom.containsAll(must) || !sight.perhaps.containsAll(hiddenFrom)) {
            violations.add(where + " is hidden from " + hiddenFrom + "; it must be from " + must + ", may be from "
                    + sight.perhaps);
        }
    }
}
