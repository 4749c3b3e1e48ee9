package dev.waggle.broker.conformance;

import java.util.Optional;

/** A user whom no check has been so far. */
public interface Account {

    String user();

    /**
     * A device of the user, and a token that is good for it.
     *
     * @param wish the name a check has for it
     * @param index 0 for the first device that the check asks for, then 1 …
     * @return empty if there are no tokens for so many devices
     */
    Optional<DeviceToken> device(String wish, int index);

    record DeviceToken(String device, String token) {

        @Override
        public String toString() {
            return device;
        }
    }
}
