/**
 * The gateway inside HiveMQ CE 2025.5: all that is known of the host's internals stands here. One handler per
 * connection ({@link dev.waggle.broker.gateway.direct.ChatHandler}) sits behind the host's message barrier and in front
 * of its interceptors:
 *
 * <pre>
 * socket | decoder | encoder | (subscribe barrier) | flow control | message barrier | CHAT | initializer | interceptors | …
 * </pre>
 *
 * Inbound it sees every packet first; outbound it sees what the host says, last but for flow control and encoder. Who is
 * let in is the {@link dev.waggle.broker.gateway.direct.Entrance}'s, then comes one
 * {@link dev.waggle.broker.gateway.direct.Talk} with the {@link dev.waggle.broker.gateway.direct.Greeting} at its head; a
 * {@link dev.waggle.broker.gateway.direct.Farewell} ends it.
 */
@NullMarked
package dev.waggle.broker.gateway.direct;

import org.jspecify.annotations.NullMarked;
