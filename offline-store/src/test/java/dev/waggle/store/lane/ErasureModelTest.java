package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.StorageFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random sends, edits, deletions for all and for oneself, expiry and retention against a model that keeps a plain table:
 * history, unread counts, what a device that was away gets and what one that stayed has made of the events all agree.
 */
class ErasureModelTest {
    private static final List<UserId> BOTH = List.of(ALICE, BOB);

    /** A message as the model knows it. */
    private static final class Message {
        final UserId from;
        final long expiresAt;
        final Set<UserId> hiddenFrom = new HashSet<>();
        String body;

        Message(UserId from, String body, long expiresAt) {
            this.from = from;
            this.body = body;
            this.expiresAt = expiresAt;
        }
    }

    private StoreRig rig;
    private Random random;
    private final TreeMap<Long, Message> model = new TreeMap<>();
    private long last;
    private long first;
    private int number;
    private int compared;

    @Test
    void views_ofWhoStayedAndOfWhoWasAway_areTheSame() throws StorageFailure {
        for (long seed = 1; seed <= 150; seed++) {
            random = new Random(seed);
            rig = new StoreRig(new MemoryMedium()).boot();
            model.clear();
            last = 0;
            first = 1;
            for (int step = 0; step < 60; step++) {
                step("seed " + seed + " step " + step);
                if (random.nextInt(15) == 0) {
                    rig.restart();
                }
            }
            for (UserId user : BOTH) {
                check(user, "seed " + seed + " " + user);
            }
            rig.store().close();
        }
        assertThat(compared).as("messages that were compared").isGreaterThan(1_000);
    }

    private void step(String where) {
        UserId by = BOTH.get(random.nextInt(2));
        rig.clock.advance(random.nextInt(3_000));
        long from = 1 + random.nextInt((int) last + 2);
        SeqRanges seqs = SeqRanges.of(from, from + random.nextInt(4));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> send(by, where);
            case 5, 6 -> edit(by, from, where);
            case 7 -> delete(by, seqs, where);
            case 8 -> hide(by, seqs, where);
            default -> trim();
        }
    }

    private void send(UserId by, String where) {
        long expiry = random.nextInt(4) == 0 ? 1 + random.nextInt(60) : 0;
        String body = "body " + number++;
        Reply.Sent sent = rig.accepted(
                new Command.SendMessage(
                        actor(by, false),
                        ALICE_BOB,
                        null,
                        Bytes.utf8(body),
                        new MessageProperties(null, false, expiry, List.of()),
                        null,
                        rig.clock.millis()),
                Reply.Sent.class);
        assertThat(sent.seq()).as(where).isEqualTo(++last);
        model.put(last, new Message(by, body, expiry == 0 ? Long.MAX_VALUE : sent.ts() + expiry * 1_000));
    }

    private void edit(UserId by, long seq, String where) {
        String body = "edit " + number++;
        Outcome outcome = rig.ask(
                new Command.EditMessage(actor(by, true), ALICE_BOB, seq, Bytes.utf8(body), null, rig.clock.millis()));
        Message message = model.get(seq);
        boolean may = message != null && message.from.equals(by) && message.expiresAt > rig.clock.millis();
        assertThat(outcome instanceof Outcome.Accepted).as(where).isEqualTo(may);
        if (message != null && may) {
            message.body = body;
            last++;
        }
    }

    private void delete(UserId by, SeqRanges seqs, String where) {
        boolean moderator = random.nextBoolean();
        Outcome outcome =
                rig.ask(new Command.DeleteMessages(actor(by, moderator), ALICE_BOB, seqs, null, rig.clock.millis()));
        List<Long> there = seqs.each().stream().filter(model::containsKey).toList();
        boolean may =
                moderator || there.stream().allMatch(seq -> model.get(seq).from.equals(by));
        assertThat(outcome instanceof Outcome.Accepted).as(where).isEqualTo(may);
        if (may) {
            last += there.isEmpty() ? 0 : 1;
            assertThat(outcome).as(where).isEqualTo(new Outcome.Accepted(new Reply.Deleted(there.size(), last)));
            there.forEach(model::remove);
        }
    }

    private void hide(UserId by, SeqRanges seqs, String where) {
        assertThat(rig.ask(new Command.HideMessages(actor(by, false), ALICE_BOB, seqs, null, rig.clock.millis())))
                .as(where)
                .isInstanceOf(Outcome.Accepted.class);
        seqs.each().stream()
                .filter(model::containsKey)
                .forEach(seq -> model.get(seq).hiddenFrom.add(by));
    }

    /** As the sweep does, with limits of the moment. */
    private void trim() {
        long upTo = Math.min(last - 1, first + random.nextInt(2));
        if (upTo >= first) {
            rig.ask(new Command.TrimLog(ALICE_BOB, first, upTo, rig.clock.millis()));
            first = upTo + 1;
            model.headMap(upTo, true).clear();
        }
    }

    private static Actor actor(UserId user, boolean moderator) {
        return new Actor(Author.of(user), PHONE, moderator ? Actor.Role.MODERATOR : Actor.Role.USER);
    }

    private void check(UserId user, String where) {
        Map<Long, String> expected = new TreeMap<>();
        long unread = 0;
        for (Map.Entry<Long, Message> one : model.entrySet()) {
            Message message = one.getValue();
            if (message.expiresAt > rig.clock.millis() && !message.hiddenFrom.contains(user)) {
                expected.put(one.getKey(), message.body);
                unread += message.from.equals(user) ? 0 : 1;
            }
        }
        compared += expected.size();
        assertThat(history(user)).as(where + " history").isEqualTo(expected);
        assertThat(away(user)).as(where + " away").isEqualTo(expected);
        assertThat(stayed(user)).as(where + " stayed").isEqualTo(expected);
        if (last > 0) {
            assertThat(rig.store()
                            .reads()
                            .inbox(user, null, null, 1)
                            .toCompletableFuture()
                            .join()
                            .conversations()
                            .get(0)
                            .unread())
                    .as(where)
                    .isEqualTo(unread);
        }
    }

    private Map<Long, String> history(UserId user) {
        Map<Long, String> view = new TreeMap<>();
        Reads.HistoryPage page = rig.store()
                .reads()
                .history(user, ALICE_BOB, null, 0L, 200)
                .toCompletableFuture()
                .join()
                .fold(given -> given, refused -> {
                    throw new AssertionError(refused.message());
                });
        page.entries().forEach(entry -> apply(entry, view));
        return view;
    }

    /** What a device makes of its backlog; a gap says nothing of what it has. */
    private Map<Long, String> away(UserId user) {
        Map<Long, String> view = new TreeMap<>();
        for (InboxItem item : rig.backlog(user)) {
            if (item instanceof InboxItem.Entry entry) {
                apply(entry.entry(), view);
            }
        }
        return view;
    }

    /** What a device has made of all that was told; it drops what expires and what the server keeps no more. */
    private Map<Long, String> stayed(UserId user) {
        TreeMap<Long, String> view = new TreeMap<>();
        Set<Long> hidden = new HashSet<>();
        for (Event.OfInbox event : rig.toldOf(user)) {
            if (event instanceof Event.EntryAdded added) {
                apply(added.entry(), view);
            } else if (event instanceof Event.OwnChanged changed) {
                hidden.addAll(changed.own().hidden().each());
            }
        }
        view.keySet().removeAll(hidden);
        view.headMap(first).clear();
        return view;
    }

    private void apply(Event.LogEntry entry, Map<Long, String> view) {
        if (entry instanceof Event.MessageStored message) {
            if (message.expiresAt() == 0 || message.expiresAt() > rig.clock.millis()) {
                view.put(message.seq(), message.body().asUtf8());
            }
        } else if (entry instanceof Event.MessageEdited edited) {
            view.computeIfPresent(edited.target(), (seq, body) -> edited.body().asUtf8());
        } else if (entry instanceof Event.MessagesDeleted deleted) {
            view.keySet().removeIf(deleted.seqs()::contains);
        }
    }
}
