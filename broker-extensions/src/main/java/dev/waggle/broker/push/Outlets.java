package dev.waggle.broker.push;

import dev.waggle.push.Address;
import dev.waggle.push.registration.Registration;
import java.util.Optional;

/** The ways out that are configured. */
public interface Outlets {
    /** The way for an app and a kind of address; empty if none is configured. */
    Optional<Outlet> of(String app, Address address);

    /** The address with what the operator's settings say of it where the device does not. */
    Registration completed(Registration registration);
}
