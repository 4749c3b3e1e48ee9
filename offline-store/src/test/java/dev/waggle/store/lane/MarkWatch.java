package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Mark;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far users have come: never back, not over a crash, and never behind what was acknowledged. */
final class MarkWatch {
    private record Place(UserId user, ConversationId conversation) {}

    private static final Mark NEVER = new Mark(0, 0, 0, 0, 0, 0, 0);

    private final List<String> violations;
    private final Map<Place, Long> read = new HashMap<>();
    private final Map<Place, Long> delivered = new HashMap<>();
    /** What the disk had when it was looked at last. */
    private final Map<Place, Mark> seen = new HashMap<>();

    MarkWatch(List<String> violations) {
        this.violations = violations;
    }

    /** It was acknowledged that the user has read up to a message that is there. */
    void read(UserId user, ConversationId conversation, long seq) {
        read.merge(new Place(user, conversation), seq, Math::max);
    }

    /** It was acknowledged, and synced, that a device of the user, one of the two, has received a message that is there. */
    void delivered(UserId user, ConversationId.Direct conversation, long seq) {
        delivered.merge(new Place(user, conversation), seq, Math::max);
    }

    int acknowledged() {
        return read.size();
    }

    /** Looks at what is on the disk while nobody writes. */
    void check(StorageView disk) throws StorageFailure {
        for (UserId user : RandomCommands.USERS) {
            disk.scan(Table.HEADS, KeySchema.marks(user), Direction.ASCENDING, (key, value) -> {
                Place place = new Place(user, KeySchema.markName(user, key).of(user));
                Mark mark = Rows.MARK.decode(key, value);
                Mark before = seen.getOrDefault(place, NEVER);
                if (goesBack(before, mark)) {
                    violations.add(place + " went back from " + before + " to " + mark);
                }
                Row last = disk.last(Table.LOG, KeySchema.log(place.conversation));
                if (!isWhole(mark, last == null ? 0 : LogRows.seq(last.key()))) {
                    violations.add(place + " cannot be " + mark);
                }
                seen.put(place, mark);
                return true;
            });
        }
        read.forEach((place, seq) -> {
            if (seen.getOrDefault(place, NEVER).read() < seq) {
                violations.add(place + ": read " + seq + " was acknowledged, there is " + seen.get(place));
            }
        });
        delivered.forEach((place, seq) -> {
            if (seen.getOrDefault(place, NEVER).delivered() < seq) {
                violations.add(place + ": delivered " + seq + " was kept, there is " + seen.get(place));
            }
        });
    }

    private static boolean goesBack(Mark before, Mark now) {
        return now.firstSeq() < before.firstSeq()
                || now.read() < before.read()
                || now.delivered() < before.delivered()
                || now.shownRead() < before.shownRead()
                || now.shownDelivered() < before.shownDelivered();
    }

    /** What is read was delivered, what others are told is so, and nobody has read what is not there. */
    private static boolean isWhole(Mark mark, long last) {
        return mark.read() <= mark.delivered()
                && mark.read() >= mark.firstSeq() - 1
                && mark.shownRead() <= mark.read()
                && mark.shownDelivered() <= mark.delivered()
                && mark.delivered() <= last;
    }
}
