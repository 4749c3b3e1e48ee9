package dev.waggle.broker.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The host's configuration file, written by us at every start: nobody is meant to edit it. */
final class HostConfiguration {
    static final String MQTT_LISTENER = "mqtt";
    static final String WEBSOCKET_LISTENER = "websocket";
    static final String MQTT_TLS_LISTENER = "mqtt-tls";
    static final String WEBSOCKET_TLS_LISTENER = "websocket-tls";

    private static final String PATH = "<path>/mqtt</path><subprotocols><subprotocol>mqtt</subprotocol></subprotocols>";

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
        String bind = settings.bind();
        String xml = listener("tcp-listener", MQTT_LISTENER, bind, settings.mqtt(), "")
                + listener("websocket-listener", WEBSOCKET_LISTENER, bind, settings.webSocket(), PATH);
        HostTls tls = settings.tls();
        if (tls == null) {
            return xml;
        }
        String stores = stores(tls);
        return xml
                + listener("tls-tcp-listener", MQTT_TLS_LISTENER, tls.bind(), tls.mqtt(), stores)
                + listener(
                        "tls-websocket-listener", WEBSOCKET_TLS_LISTENER, tls.bind(), tls.webSocket(), PATH + stores);
    }

    private static String listener(String element, String name, String bind, @Nullable Integer port, String rest) {
        return port == null
                ? ""
                : "    <%s><name>%s</name><port>%d</port><bind-address>%s</bind-address>%s</%s>\n"
                        .formatted(element, name, port, escaped(bind), rest, element);
    }

    private static String stores(HostTls tls) {
        String password = escaped(tls.password());
        String trust = tls.authorities() == null
                ? ""
                : "<truststore><path>%s</path><password>%s</password></truststore>"
                        .formatted(escaped(tls.authorities().toString()), password);
        String mode = tls.authorities() == null ? "NONE" : tls.clientCertificateRequired() ? "REQUIRED" : "OPTIONAL";
        return """
                <tls><keystore><path>%s</path><password>%s</password><private-key-password>%s</private-key-password>\
                </keystore>%s<protocols><protocol>TLSv1.3</protocol><protocol>TLSv1.2</protocol></protocols>\
                <client-authentication-mode>%s</client-authentication-mode></tls>""".formatted(escaped(tls.keys().toString()), password, password, trust, mode);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
