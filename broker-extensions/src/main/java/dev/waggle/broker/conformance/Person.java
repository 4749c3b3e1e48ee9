package dev.waggle.broker.conformance;

import dev.waggle.broker.conformance.Account.DeviceToken;
import dev.waggle.broker.conformance.device.Address;
import dev.waggle.broker.conformance.device.Device3;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.SentenceBroken;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A user of one check, and the user's devices, by the names that the check has for them. */
public final class Person {

    private final Account account;
    private final Address address;
    private final Consumer<AutoCloseable> toClose;
    private final Map<String, DeviceToken> devices = new HashMap<>();

    Person(Account account, Address address, Consumer<AutoCloseable> toClose) {
        this.account = account;
        this.address = address;
        this.toClose = toClose;
    }

    public String id() {
        return account.user();
    }

    /** The one-to-one conversation with this person, as others name it. */
    public String chat() {
        return "d/" + id();
    }

    public String token(String name) throws Lacking {
        return known(name).token();
    }

    /** An MQTT 5 device, not connected. */
    public Device5 device(String name) throws Exception {
        DeviceToken known = known(name);
        Device5 device = new Device5(address, id(), known.device(), known.token());
        toClose.accept(device);
        return device;
    }

    /** A 3.1.1 device, not connected. */
    public Device3 device3(String name) throws Exception {
        DeviceToken known = known(name);
        Device3 device = new Device3(address, id(), known.device(), known.token());
        toClose.accept(device);
        return device;
    }

    /** A durable MQTT 5 device, connected and subscribed to everything of the user. */
    public Device5 online(String name) throws Exception {
        Device5 device = device(name);
        device.connect();
        return device.subscribe();
    }

    /** The same with MQTT 3.1.1. */
    public Device3 online3(String name) throws Exception {
        Device3 device = device3(name);
        device.connect();
        return device.subscribe();
    }

    /** A durable MQTT 5 device that was here, subscribed to everything, and left. */
    public Device5 away(String name) throws Exception {
        Device5 device = online(name);
        device.leave();
        return device;
    }

    /** One that has acknowledged everything so far is back. */
    public static Device5 back(Device5 device) throws Exception {
        if (!device.connect().sessionPresent()) {
            throw new SentenceBroken("a durable device came back to Session Present 0");
        }
        return device;
    }

    private DeviceToken known(String name) throws Lacking {
        DeviceToken known = devices.get(name);
        if (known == null) {
            Optional<DeviceToken> another = account.device(name, devices.size());
            if (another.isEmpty()) {
                throw new Lacking("needs a user with " + (devices.size() + 1) + " devices, or with a token for any");
            }
            known = another.get();
            devices.put(name, known);
        }
        return known;
    }
}
