/** The two HTTP doors: methods for integrators, health and metrics for operators. The only package that knows the server. */
@NullMarked
package dev.waggle.broker.http;

import org.jspecify.annotations.NullMarked;
