package dev.waggle.auth.password;

/**
 * Port: slow hashes of passwords. Blocks for about a tenth of a second, longer on a busy machine, so it belongs on a small
 * pool with a short queue. Any thread.
 */
public interface PasswordHashing {
    /**
     * With a fresh salt.
     *
     * @return PHC form
     * @throws HashingUnavailable if it cannot be had now
     */
    String hash(Password password);

    /**
     * False also for a hash that is none, or asks for more than we give.
     *
     * @param phc as it is stored
     * @throws HashingUnavailable if it cannot be told now
     */
    boolean matches(Password password, String phc);
}
