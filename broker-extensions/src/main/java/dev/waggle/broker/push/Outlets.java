package dev.waggle.broker.push;

import dev.waggle.push.Address;
import dev.waggle.push.registration.Registration;
import dev.waggle.spec.Parsed;

/** The ways out that are configured. Any thread. */
public interface Outlets {
    /** The way for an app and a kind of address; if none is configured the reason says which there are. */
    Parsed<Outlet> of(String app, Address address);

    /** The address with what the operator's settings say of it where the device does not. */
    Registration completed(Registration registration);
}
