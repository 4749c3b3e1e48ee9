package dev.waggle.broker.conformance;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** User ids that nobody had: five random characters for the run, then a number. Any thread. */
final class FreshNames {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_CHARACTERS = 5;

    private final String run;
    private final AtomicInteger taken = new AtomicInteger();

    FreshNames(SecureRandom random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        run = name.toString();
    }

    String next() {
        return run + Integer.toString(taken.getAndIncrement(), Character.MAX_RADIX);
    }
}
