package dev.waggle.broker.moderation;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a command others get to read. */
final class Wording {
    /** They have values of their own kind, which are checked elsewhere or mean nothing. */
    private static final Set<String> RESERVED =
            Set.of(MessageProperties.MENTION, MessageProperties.PRIORITY, MessageProperties.PUSH);

    private Wording() {}

    /** True for what can be stored for its author alone; a group has one name for all. */
    static boolean isMessage(Command.OfConversation command) {
        return command instanceof Command.SendMessage || command instanceof Command.EditMessage;
    }

    /** A body; of a group its name, topic and picture, as far as they are given. */
    static Bytes body(Command.OfConversation command) {
        if (command instanceof Command.SendMessage send) {
            return send.body();
        }
        if (command instanceof Command.EditMessage edit) {
            return edit.body();
        }
        return command instanceof Command.CreateGroup create
                ? texts(create.settings())
                : command instanceof Command.UpdateGroup update ? texts(update.change()) : Bytes.EMPTY;
    }

    private static Bytes texts(GroupPatch patch) {
        return Bytes.utf8(Stream.of(patch.name(), patch.topic(), patch.picture())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n")));
    }

    /** What travels along with a message: its Content Type and User Properties. */
    static List<String> besides(Command.OfConversation command) {
        if (!(command instanceof Command.SendMessage send)) {
            return List.of();
        }
        String contentType = send.properties().contentType();
        List<UserProperty> properties = send.properties().user();
        if (contentType == null && properties.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (contentType != null) {
            texts.add(contentType);
        }
        for (UserProperty property : properties) {
            if (!RESERVED.contains(property.name())) {
                texts.add(property.name() + " " + property.value());
            }
        }
        return texts;
    }
}
