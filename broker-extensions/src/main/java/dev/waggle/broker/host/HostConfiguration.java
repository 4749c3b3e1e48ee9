package dev.waggle.broker.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The host's configuration file, written by us at every start: nobody is meant to edit it. */
final class HostConfiguration {
    static final String MQTT_LISTENER = "mqtt";
    static final String WEBSOCKET_LISTENER = "websocket";

    private HostConfiguration() {}

    /** Makes the host's folders. The one for extensions stays empty: what is found there would be loaded and run. */
    static void write(HostSettings settings) throws IOException {
        Path conf = Files.createDirectories(settings.folder().resolve("conf"));
        Files.createDirectories(settings.folder().resolve("data"));
        Files.createDirectories(settings.folder().resolve("extensions"));
        Files.writeString(conf.resolve("config.xml"), xml(settings));
    }

    static String xml(HostSettings settings) {
        return """
                <?xml version="1.0"?>
                <!-- Written at every start; changes are lost. -->
                <hivemq>
                  <listeners>
                %s  </listeners>
                  <mqtt>
                    <receive-maximum><server-receive-maximum>%d</server-receive-maximum></receive-maximum>
                    <packets><max-packet-size>%d</max-packet-size></packets>
                    <session-expiry><max-interval>%d</max-interval></session-expiry>
                    <queued-messages><max-queue-size>1000</max-queue-size><strategy>discard-oldest</strategy></queued-messages>
                  </mqtt>
                  <restrictions>
                    <max-topic-length>%d</max-topic-length>
                    <max-client-id-length>256</max-client-id-length>
                  </restrictions>
                  <security>
                    <allow-empty-client-id><enabled>false</enabled></allow-empty-client-id>
                  </security>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                  <persistence><mode>%s</mode></persistence>
                </hivemq>
                """.formatted(
                        listeners(settings),
                        settings.receiveMaximum(),
                        settings.maximumPacketSize(),
                        settings.maximumSessionExpiry().toSeconds(),
                        settings.maximumTopicLength(),
                        settings.files() ? "file" : "in-memory");
    }

    private static String listeners(HostSettings settings) {
        StringBuilder xml = new StringBuilder();
        if (settings.mqtt() != null) {
            xml.append(
                    "    <tcp-listener><name>%s</name><port>%d</port><bind-address>%s</bind-address></tcp-listener>\n"
                            .formatted(MQTT_LISTENER, settings.mqtt(), escaped(settings.bind())));
        }
        if (settings.webSocket() != null) {
            xml.append(("    <websocket-listener><name>%s</name><port>%d</port><bind-address>%s</bind-address>"
                            + "<path>/mqtt</path><subprotocols><subprotocol>mqtt</subprotocol></subprotocols>"
                            + "</websocket-listener>\n")
                    .formatted(WEBSOCKET_LISTENER, settings.webSocket(), escaped(settings.bind())));
        }
        return xml.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
