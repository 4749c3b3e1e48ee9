package dev.waggle.store.check;

import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.StoreFormat;
import java.util.List;

/** Checks one store that nobody writes to, table by table. Blocks on the disk; any one thread. */
public final class StoreCheck {
    private StoreCheck() {}

    /**
     * What was found.
     *
     * @param conversations with entries
     * @param entries of all conversations
     * @param inboxes with rows
     * @param pointers from inboxes into conversations
     * @param keys idempotency keys
     * @param users with small state: devices, marks
     * @param damages how many
     * @param told the first of them, each names its row
     */
    public record Report(
            long conversations,
            long entries,
            long inboxes,
            long pointers,
            long keys,
            long users,
            long damages,
            List<String> told) {
        public Report {
            told = List.copyOf(told);
        }
    }

    /**
     * @param mostTold damages to be told in words; the others are only counted
     */
    public static Report run(StorageView view, int mostTold) {
        Findings findings = new Findings(mostTold);
        findings.of(() -> {
            if (!StoreFormat.isKnown(view)) {
                findings.add("the store is of another format version, or has none");
            }
        });
        LogCheck log = new LogCheck(view, findings);
        findings.of(log::run);
        InboxCheck inboxes = new InboxCheck(view, findings);
        findings.of(inboxes::run);
        HeadsCheck heads = new HeadsCheck(view, findings);
        findings.of(heads::run);
        KeysCheck keys = new KeysCheck(view, findings);
        findings.of(keys::run);
        return new Report(
                log.conversations(),
                log.entries(),
                inboxes.inboxes(),
                inboxes.pointers(),
                keys.keys(),
                heads.users(),
                findings.count(),
                findings.told());
    }
}
