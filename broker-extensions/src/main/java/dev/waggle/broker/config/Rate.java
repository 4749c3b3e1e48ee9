package dev.waggle.broker.config;

/**
 * A token bucket's shape.
 *
 * @param perSecond how much it gains a second, above 0
 * @param burst how much it holds, at least 1
 */
public record Rate(double perSecond, int burst) {}
