package dev.waggle.auth.password;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;

class HashingProcessContractTest extends PasswordHashingContract {
    private static final HashingProcess HASHING = new HashingProcess(1, new SecureRandom(), Instant::now);

    @Override
    PasswordHashing hashing() {
        return HASHING;
    }

    @AfterAll
    static void end() {
        HASHING.close();
    }
}
