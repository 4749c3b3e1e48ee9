package dev.waggle.broker.host;

import com.hivemq.extension.sdk.api.services.publish.PublishService;
import com.hivemq.extension.sdk.api.services.publish.RetainedMessageStore;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;

/** The services of one host, taken once at its start: the host's static accessors mean the host started last. */
public record HostServices(
        ClientService clients,
        SubscriptionStore subscriptions,
        PublishService publishes,
        RetainedMessageStore retained) {}
