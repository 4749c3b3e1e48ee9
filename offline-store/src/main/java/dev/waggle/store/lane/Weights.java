package dev.waggle.store.lane;

import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.store.rules.ConversationState;
import dev.waggle.store.rules.DeviceState;
import dev.waggle.store.rules.GroupState;
import dev.waggle.store.rules.InboxState;
import dev.waggle.store.rules.RecordState;

/** Estimates of what a cached state takes on the heap, its key and its place in the cache included; rather too much. */
final class Weights {
    private static final int ENTRY = 160;
    /** With the texts of a group's settings. */
    private static final int CONVERSATION = 640;

    private static final int MEMBER = 180;
    private static final int STANDING = 140;
    private static final int INBOX = 220;
    private static final int WITHHELD = 260;
    private static final int USER = 160;
    private static final int DEVICE = 320;
    private static final int FILTER = 120;
    private static final int NUMBER = 48;
    private static final int PACKET = 40;
    private static final int SMALL = 320;
    /** Its key has up to 255 bytes. */
    private static final int RECORD = 480;
    /** An entry without its body. */
    private static final int LOG_ENTRY = 400;
    /** They may have 1 KiB, twice that as text in memory. */
    private static final int PROPERTIES = 2_048;

    private Weights() {}

    static int of(Object state) {
        if (state instanceof InboxState inbox) {
            return inbox(inbox);
        }
        if (state instanceof ConversationState conversation) {
            GroupState group = conversation.group();
            return ENTRY
                    + CONVERSATION
                    + (group == null
                            ? 0
                            : MEMBER * group.members().size()
                                    + STANDING * group.standings().size());
        }
        if (state instanceof Event.MessageStored message && message.properties() != MessageProperties.NONE) {
            return ENTRY + LOG_ENTRY + PROPERTIES;
        }
        if (state instanceof OwnSettings own) {
            return ENTRY + SMALL + NUMBER * own.hidden().ranges().size();
        }
        if (state instanceof Event.LogEntry) {
            return ENTRY + LOG_ENTRY;
        }
        return ENTRY + (state instanceof RecordState ? RECORD : SMALL);
    }

    private static int inbox(InboxState inbox) {
        int sum = ENTRY
                + INBOX
                + WITHHELD * inbox.withheld().size()
                + USER * inbox.settings().blocked().size();
        sum += PACKET
                * (inbox.outbox().versions().size() + inbox.outbox().handled().size());
        for (DeviceState device : inbox.devices()) {
            sum += DEVICE
                    + NUMBER
                            * (device.ended().size() + device.progress().above().size())
                    + PACKET * device.packets().size();
            for (Filter filter : device.filters()) {
                sum += FILTER + filter.topic().length();
            }
        }
        return sum;
    }
}
