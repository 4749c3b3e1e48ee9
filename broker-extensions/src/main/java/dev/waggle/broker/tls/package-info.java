/**
 * The certificate that clients see: PEM files of the operator in, a key store for the listeners out, and again whenever
 * the files change. Knows neither the host nor HTTP.
 */
@NullMarked
package dev.waggle.broker.tls;

import org.jspecify.annotations.NullMarked;
