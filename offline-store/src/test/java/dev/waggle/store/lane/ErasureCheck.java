package dev.waggle.store.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.message.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One log after edits and deletions: each of them is there as a whole, and nothing is left of what it replaced. */
final class ErasureCheck {
    private ErasureCheck() {}

    static void check(List<Event.LogEntry> log, String where) {
        Map<Long, Event.LogEntry> bySeq = new HashMap<>();
        log.forEach(entry -> bySeq.put(entry.seq(), entry));
        Set<Long> deleted = new HashSet<>();
        for (Event.LogEntry entry : log) {
            if (entry instanceof Event.MessagesDeleted event) {
                for (long seq : event.seqs().each()) {
                    assertThat(deleted.add(seq))
                            .as("%s %d is deleted once", where, seq)
                            .isTrue();
                    assertThat(bySeq.get(seq)).as(where).isInstanceOf(Event.MessageErased.class);
                }
            }
            if (entry instanceof Event.MessageEdited edit) {
                Event.LogEntry target = bySeq.get(edit.target());
                if (edit.hiddenFrom().isShadow() && !(target.hiddenFrom().isShadow())) {
                    continue; // others see what they saw before, or what a later edit made of it
                }
                assertThat(target).as("%s target of %d", where, edit.seq()).isInstanceOf(Event.MessageStored.class);
                assertThat(((Event.MessageStored) target).edit()).isEqualTo(new Event.Edit(edit.seq(), edit.ts()));
                assertThat(((Event.MessageStored) target).body()).as(where).isEqualTo(edit.body());
            }
            if (entry instanceof Event.MessageStored message && message.edit() != null) {
                assertThat(bySeq.get(message.edit().seq())).as(where).isInstanceOf(Event.MessageEdited.class);
            }
        }
        for (Event.LogEntry entry : log) {
            if (entry instanceof Event.MessageErased erased && !erased.edit()) {
                assertThat(deleted).as(where).contains(entry.seq());
            }
        }
    }
}
