package dev.waggle.auth.account;

class MemoryInvitationsTest extends InvitationStoreContract {
    @Override
    protected InvitationStore create() {
        return new MemoryInvitations();
    }
}
