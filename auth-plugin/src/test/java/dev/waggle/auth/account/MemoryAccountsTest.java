package dev.waggle.auth.account;

class MemoryAccountsTest extends AccountStoreContract {
    @Override
    protected AccountStore create() {
        return new MemoryAccounts();
    }
}
