/** The one narrow port between the MQTT host and the chat: what a connection says, and what may be said to it. */
@NullMarked
package dev.waggle.broker.gateway;

import org.jspecify.annotations.NullMarked;
