package dev.waggle.store;

/**
 * Why the store takes no commands now.
 *
 * @param check what was looked at: {@code disk} (no space left) or {@code store} (anything else)
 * @param message for the operator: what is wrong and what helps; no bodies, no secrets
 */
public record StoreProblem(String check, String message) {}
