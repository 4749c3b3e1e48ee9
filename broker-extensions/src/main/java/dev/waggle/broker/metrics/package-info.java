/** The only user of the Prometheus client: listeners of the modules become metrics. */
@NullMarked
package dev.waggle.broker.metrics;

import org.jspecify.annotations.NullMarked;
