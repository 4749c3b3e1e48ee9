/** The methods of the contract: one table, reached over MQTT and over HTTP. */
@NullMarked
package dev.waggle.broker.call;

import org.jspecify.annotations.NullMarked;
