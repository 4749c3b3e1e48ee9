package dev.waggle.broker.push;

import dev.waggle.push.PushProvider;
import dev.waggle.push.guard.PruneBreaker;
import java.util.function.IntSupplier;

/**
 * A way out for the pushes of one app to one kind of address, with credentials of its own.
 *
 * @param provider behind its breaker
 * @param prune whether to believe the provider that nobody is at an address
 * @param leftAlone how many servers behind it are left alone now because they did not answer
 */
public record Outlet(OutletId id, PushProvider provider, PruneBreaker prune, IntSupplier leftAlone) {}
