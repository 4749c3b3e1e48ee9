package dev.waggle.auth.hivemq;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.Identity;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every message that the host delivers against the rights that its receiver has now: what was queued, retained or
 * in flight when it had more does not go out any more. The chat's own deliveries do not pass here. One object serves all
 * clients; host extension threads. What throws here is not delivered.
 */
public final class DeliveryFence implements PublishOutboundInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFence.class);

    private final AccessRules access;

    public DeliveryFence(AccessRules access) {
        this.access = access;
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        Optional<Identity> receiver =
                IdentityAttribute.read(input.getConnectionInformation().getConnectionAttributeStore());
        String topic = input.getPublishPacket().getTopic();
        // A topic name is a filter that matches only itself.
        if (receiver.isEmpty() || !access.subscribe(receiver.get(), topic).allowed()) {
            LOG.debug("a delivery withheld: its receiver has no right to the topic any more");
            output.preventPublishDelivery();
        }
    }
}
