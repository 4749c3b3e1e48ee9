package dev.waggle.broker.conformance.device;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** What one connection of a 3.1.1 device got. Called by the library's thread. */
record Recorder3(Arrivals arrivals) implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        arrivals.put(new Arrived(
                topic,
                new String(message.getPayload(), StandardCharsets.UTF_8),
                HexFormat.of().formatHex(message.getPayload()),
                message.getQos(),
                message.isDuplicate(),
                message.getId(),
                Arrived.Properties.NONE));
    }

    @Override
    public void connectionLost(Throwable cause) {}

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
}
