package dev.waggle.broker.config;

/**
 * One thing wrong with the configuration.
 *
 * @param key the setting's path, or the file
 * @param what what is wrong and where it was said
 * @param allowed what is allowed
 */
public record Problem(String key, String what, String allowed) {

    @Override
    public String toString() {
        return key + ": " + what + "; allowed: " + allowed;
    }
}
