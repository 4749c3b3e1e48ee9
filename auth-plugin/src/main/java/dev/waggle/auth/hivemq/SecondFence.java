package dev.waggle.auth.hivemq;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.services.builder.Builders;

/**
 * The host's own permissions of a client, besides our rules: a topic that no authorizer has decided about is closed. The
 * host asks them about a will whatever the authorizer said, so that one topic is open; the right to it is decided by
 * {@link dev.waggle.auth.ConnectCheck} all the same.
 */
final class SecondFence {
    private SecondFence() {}

    static void close(ModifiableDefaultPermissions permissions) {
        permissions.clear();
        permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
    }

    /** @param will whose topic is a topic name */
    static void openFor(WillPublishPacket will, ModifiableDefaultPermissions permissions) {
        permissions.add(Builders.topicPermission()
                .topicFilter(will.getTopic())
                .type(TopicPermission.PermissionType.ALLOW)
                .activity(TopicPermission.MqttActivity.PUBLISH)
                .qos(TopicPermission.Qos.ALL)
                .retain(TopicPermission.Retain.ALL)
                .build());
    }
}
