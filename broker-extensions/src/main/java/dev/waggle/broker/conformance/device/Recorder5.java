package dev.waggle.broker.conformance.device;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** What one connection of an MQTT 5 device got. Called by the library's thread. */
final class Recorder5 implements MqttCallback {

    /** A connection ends once. */
    private static final int ONE = 1;

    final Arrivals arrivals;
    private final BlockingQueue<Integer> disconnects = new ArrayBlockingQueue<>(ONE);
    private final long patienceMillis;

    Recorder5(long patienceMillis) {
        this.patienceMillis = patienceMillis;
        this.arrivals = new Arrivals(patienceMillis);
    }

    /** The code of the DISCONNECT. */
    int disconnected() throws SentenceBroken, InterruptedException {
        Integer code = disconnects.poll(patienceMillis, TimeUnit.MILLISECONDS);
        if (code == null) {
            throw new SentenceBroken("waited " + patienceMillis + " ms for a DISCONNECT, and none came");
        }
        return code;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        arrivals.put(Packets5.arrived(topic, message));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        boolean unused = disconnects.offer(response.getReturnCode());
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}
}
