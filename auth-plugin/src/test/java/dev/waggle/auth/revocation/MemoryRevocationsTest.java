package dev.waggle.auth.revocation;

class MemoryRevocationsTest extends RevocationStoreContract {
    @Override
    RevocationStore create() {
        return new MemoryRevocations();
    }
}
