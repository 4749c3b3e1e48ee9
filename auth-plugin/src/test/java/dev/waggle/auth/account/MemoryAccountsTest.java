package dev.waggle.auth.account;

class MemoryAccountsTest extends AccountStoreContract {
    @Override
    AccountStore create() {
        return new MemoryAccounts();
    }
}
