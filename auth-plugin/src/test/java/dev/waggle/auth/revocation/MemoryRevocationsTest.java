package dev.waggle.auth.revocation;

class MemoryRevocationsTest extends RevocationStoreContract {
    @Override
    protected RevocationStore create() {
        return new MemoryRevocations();
    }
}
