package dev.waggle.push.registration;

import dev.waggle.push.Address;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a device said so that it can be woken (F1). The newest replaces what was there.
 *
 * @param app which of the operator's apps it is: chooses the credentials; {@code [A-Za-z0-9._-]{1,64}}
 * @param locale in which the person reads
 * @param zone where the person is; UTC if it was not given
 * @param appVersion as the app gave it, for people who look, may be empty
 * @param privacy what pushes to this device may tell, or null: as the user has set
 * @param knowsTexts true: the app has the texts itself and is sent their names
 * @param seal what {@link Privacy#SEALED} seals for, or null: then nothing of the content is sent
 * @param at when it was received, Unix milliseconds, by the server's clock
 */
public record Registration(
        String app,
        Address address,
        Locale locale,
        ZoneId zone,
        String appVersion,
        @Nullable Privacy privacy,
        boolean knowsTexts,
        @Nullable SealKey seal,
        long at) {

    /** The app of those who name none. */
    public static final String USUAL_APP = "default";

    /** The same at another address, for an address that the wiring completes. */
    public Registration at(Address other) {
        return new Registration(app, other, locale, zone, appVersion, privacy, knowsTexts, seal, at);
    }

    @Override
    public String toString() {
        return "a registration of " + app + " with " + address;
    }
}
