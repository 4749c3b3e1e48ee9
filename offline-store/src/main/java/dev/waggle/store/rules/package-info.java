/**
 * What may happen: pure, deterministic rules of conversations, inboxes and records, and their states. {@code decide}
 * reads a state and a command and says what follows; {@code apply} moves the state. No clock, no random, no
 * configuration but {@link dev.waggle.store.rules.RuleLimits}, no thread, no disk, no MQTT. The rules of conversations never see an inbox,
 * those of inboxes never see a conversation: they send each other events.
 */
@NullMarked
package dev.waggle.store.rules;

import org.jspecify.annotations.NullMarked;
