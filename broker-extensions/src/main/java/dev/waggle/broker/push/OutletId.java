package dev.waggle.broker.push;

import dev.waggle.push.registration.Registration;

/**
 * Names an outlet, for metrics and people.
 *
 * @param app as devices name it
 * @param provider as registrations name it; {@code apns-sandbox} for apps under development; {@code none} where there is no
 *     outlet
 */
public record OutletId(String app, String provider) {
    /** For people: the app only if it is not the usual one. */
    @Override
    public String toString() {
        return app.equals(Registration.USUAL_APP) ? provider : provider + " of " + app;
    }
}
