package dev.waggle.push.apns;

import dev.waggle.push.Outcome;
import java.util.Optional;

/** What people should do about an answer of APNs. */
final class ApnsFaults {
    private ApnsFaults() {}

    /** One sentence, or empty if nothing is wrong with the settings as far as the outcome tells. */
    static Optional<String> sentence(Outcome outcome, ApnsSettings settings, String topic, boolean sandbox) {
        String server = settings.server(sandbox) + (sandbox ? " (sandbox)" : " (production)");
        if (outcome instanceof Outcome.Accepted
                || outcome instanceof Outcome.Gone
                || outcome instanceof Outcome.Unknown && outcome.reason().equals(ApnsAnswer.BAD_DEVICE_TOKEN)) {
            return Optional.empty();
        }
        String cause =
                switch (outcome.reason()) {
                    case "InvalidProviderToken" ->
                        "APNs does not know the signing key: the key file, the key id "
                                + settings.keyId() + " and the team id " + settings.teamId()
                                + " do not belong together, or the key was revoked, or this machine's clock is wrong";
                    case ApnsAnswer.EXPIRED_PROVIDER_TOKEN ->
                        "APNs takes a token that was signed now for an old one:" + " this machine's clock is slow";
                    case "BadEnvironmentKeyIdInToken", "BadEnvironmentKeyInToken" ->
                        "the signing key "
                                + settings.keyId() + " is not for this environment: make one for "
                                + (sandbox ? "the sandbox" : "production") + ", or for both, on Apple's developer site";
                    case "UnrelatedKeyIdInToken" ->
                        "the signing key " + settings.keyId() + " is for other topics than " + topic;
                    case "DeviceTokenNotForTopic", "TopicDisallowed", "BadTopic", "MissingTopic" ->
                        "the topic "
                                + topic + " is not the bundle id of an app of team " + settings.teamId()
                                + " that this key may push to, or not that of the app that the device's token is from";
                    case ApnsGateway.NO_TRUST ->
                        "the file with the certificates of who may sign the server's is not readable";
                    case "Forbidden" -> "APNs forbids this: look at the key and the app on Apple's developer site";
                    default ->
                        outcome instanceof Outcome.Later later && later.unanswered()
                                ? "no answer (" + outcome.reason()
                                        + "): look at the network, the firewall and whether the"
                                        + " server's certificate is trusted"
                                : "APNs answers " + outcome.reason();
                };
        return Optional.of("apns, " + server + ": " + cause);
    }
}
