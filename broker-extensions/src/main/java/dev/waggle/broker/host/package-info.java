/** Starting and stopping the embedded MQTT host: its folders, configuration, listeners and limits. */
@NullMarked
package dev.waggle.broker.host;

import org.jspecify.annotations.NullMarked;
