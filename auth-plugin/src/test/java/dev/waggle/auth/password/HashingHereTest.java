package dev.waggle.auth.password;

import java.security.SecureRandom;

class HashingHereTest extends PasswordHashingContract {
    private static final PasswordHashing HASHING = new HashingHere(new SecureRandom());

    @Override
    PasswordHashing hashing() {
        return HASHING;
    }
}
