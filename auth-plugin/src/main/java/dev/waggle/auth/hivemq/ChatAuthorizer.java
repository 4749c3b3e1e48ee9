package dev.waggle.auth.hivemq;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import com.hivemq.extension.sdk.api.parameter.ClientBasedInput;
import dev.waggle.auth.Access;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ChatAccessRules;
import dev.waggle.auth.Identity;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about every filter of a SUBSCRIBE, and about every publish and will that reaches the host: ordinary topics by
 * the rules, and the chat never, for its publishes are taken over before the host sees them. One object serves all
 * clients; host extension threads; nothing waits.
 */
public final class ChatAuthorizer implements SubscriptionAuthorizer, PublishAuthorizer {
    private static final Logger LOG = LoggerFactory.getLogger(ChatAuthorizer.class);

    private static final Access UNKNOWN = new Access.Refused(0x87, "not authenticated");
    private static final Access CHAT = new Access.Refused(0x90, "topics under u/ are not published through the host");

    private final AccessRules access;

    public ChatAuthorizer(AccessRules access) {
        this.access = access;
    }

    @Override
    public void authorizeSubscribe(SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
        String filter = input.getSubscription().getTopicFilter();
        Access decision = identity(input)
                .map(identity -> access.subscribe(identity, filter))
                .orElse(UNKNOWN);
        if (decision instanceof Access.Refused refused) {
            LOG.debug("subscribe refused: {}", refused.reason());
            output.failAuthorization(SubackReasonCode.NOT_AUTHORIZED, refused.reason());
        } else {
            output.authorizeSuccessfully();
        }
    }

    @Override
    public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
        PublishPacket packet = input.getPublishPacket();
        String topic = packet.getTopic();
        Access decision = ChatAccessRules.isChat(topic)
                ? CHAT
                : identity(input)
                        .map(identity ->
                                access.publish(identity, topic, packet.getQos().getQosNumber(), packet.getRetain()))
                        .orElse(UNKNOWN);
        if (decision instanceof Access.Refused refused) {
            LOG.debug("publish refused: {}", refused.reason());
            output.failAuthorization(ReasonCodes.puback(refused.reasonCode()), refused.reason());
        } else {
            output.authorizeSuccessfully();
        }
    }

    private static Optional<Identity> identity(ClientBasedInput input) {
        return IdentityAttribute.read(input.getConnectionInformation().getConnectionAttributeStore());
    }
}
