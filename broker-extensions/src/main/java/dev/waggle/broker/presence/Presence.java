package dev.waggle.broker.presence;

import dev.waggle.spec.message.Activity;

/**
 * What others see of a user.
 *
 * @param state of its busiest device
 * @param since when that began, Unix milliseconds, or 0 if it is not said
 */
public record Presence(Activity state, long since) {}
