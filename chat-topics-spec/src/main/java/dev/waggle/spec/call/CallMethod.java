package dev.waggle.spec.call;

import java.util.Arrays;
import java.util.Optional;

/** The methods of the contract that exist. */
public enum CallMethod {
    GROUP_CREATE("group.create", true),
    GROUP_ADD("group.add", true),
    GROUP_REMOVE("group.remove", true),
    GROUP_LEAVE("group.leave", true),
    GROUP_INFO("group.info", false),
    GROUP_UPDATE("group.update", true),
    GROUP_ROLE("group.role", true),
    GROUP_BAN("group.ban", true),
    GROUP_UNBAN("group.unban", true),
    GROUP_MUTE("group.mute", true),
    GROUP_INVITE("group.invite", true),
    GROUP_JOIN("group.join", true),
    GROUP_DECLINE("group.decline", true),
    GROUP_REFUSE("group.refuse", true),
    GROUP_DELETE("group.delete", true),
    MESSAGE_EDIT("message.edit", true),
    MESSAGE_DELETE("message.delete", true),
    MESSAGE_REPORT("message.report", true),
    MUTE("mute", true),
    BLOCK("block", true),
    UNBLOCK("unblock", true),
    ME_SETTINGS("me.settings", true),
    PRESENCE_WATCH("presence.watch", false),
    DEVICE_LIST("device.list", false),
    DEVICE_FORGET("device.forget", true),
    PUSH_REGISTER("push.register", true),
    PUSH_UNREGISTER("push.unregister", true),
    PUSH_SETTINGS("push.settings", true),
    INBOX("inbox", false),
    HISTORY("history", false),
    ME("me", false);

    private final String code;
    private final boolean changes;

    CallMethod(String code, boolean changes) {
        this.code = code;
        this.changes = changes;
    }

    /** The method of this name, as it stands in topics and paths; an unknown one is none. */
    public static Optional<CallMethod> named(String code) {
        return Arrays.stream(values())
                .filter(method -> method.code.equals(code))
                .findFirst();
    }

    /** As it stands in topics and paths. */
    public String code() {
        return code;
    }

    /** True if it changes something: then it takes an idempotency key and repeats its first answer. */
    public boolean changes() {
        return changes;
    }

    /** True if it is about waking sleeping devices: what is in it, the push bridge reads. */
    public boolean isOfPush() {
        return this == PUSH_REGISTER || this == PUSH_UNREGISTER || this == PUSH_SETTINGS;
    }

    /** True if it answers in CBOR when it was asked in CBOR. */
    public boolean answersInCbor() {
        return this == INBOX || this == HISTORY;
    }
}
