/** The client side of the commands: one MQTT connection through a stock library, and what arrives on it as text. */
@NullMarked
package dev.waggle.broker.cli.mqtt;

import org.jspecify.annotations.NullMarked;
