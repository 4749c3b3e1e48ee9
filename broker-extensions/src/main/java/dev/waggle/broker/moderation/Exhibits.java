package dev.waggle.broker.moderation;

import dev.waggle.broker.moderation.Report.Evidence;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies messages into a report, as much of them as a record of the store takes. */
final class Exhibits {
    /** Of all bodies together: with all else of a report it stays below the 64 KiB of a record. */
    static final int BODY_BYTES = 48 * 1024;

    private static final int CONTENT_TYPE_CHARS = 128;

    private Exhibits() {}

    /** Those of the entries that are messages among the seqs. */
    static List<Evidence> of(List<Event.LogEntry> entries, SeqRanges seqs) {
        List<Evidence> evidence = new ArrayList<>();
        int room = BODY_BYTES;
        for (Event.LogEntry entry : entries) {
            if (entry instanceof Event.MessageStored message && seqs.contains(message.seq())) {
                Bytes body = beginning(message.body(), room);
                room -= body.size();
                evidence.add(new Evidence(
                        message.seq(),
                        message.ts(),
                        message.from(),
                        shortened(message.properties().contentType()),
                        body,
                        message.body().size()));
            }
        }
        return evidence;
    }

    static Bytes beginning(Bytes body, int room) {
        return body.size() <= room ? body : Bytes.wrap(Arrays.copyOf(body.shared(), room));
    }

    static @Nullable String shortened(@Nullable String contentType) {
        return contentType == null || contentType.length() <= CONTENT_TYPE_CHARS
                ? contentType
                : contentType.substring(0, CONTENT_TYPE_CHARS);
    }
}
