package dev.waggle.broker.conformance;

import dev.waggle.broker.conformance.device.Address;
import dev.waggle.broker.conformance.device.Device5;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Where one check plays: people whom no other check knows, at one broker. One thread. */
public final class Stage implements AutoCloseable {

    private final Address address;
    private final Accounts accounts;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    Stage(Address address, Accounts accounts) {
        this.address = address;
        this.accounts = accounts;
    }

    /** Somebody new. */
    public Person person() throws Lacking {
        Optional<Account> fresh = accounts.fresh();
        if (fresh.isEmpty()) {
            throw new Lacking("no users are left in the list of tokens");
        }
        return new Person(fresh.get(), address, open::push);
    }

    /** Somebody new whose role may give messages priority. */
    public Person service() throws Lacking {
        Optional<Account> service = accounts.service();
        if (service.isEmpty()) {
            throw new Lacking("needs a user with the role service; tokens of the local issuer serve");
        }
        return new Person(service.get(), address, open::push);
    }

    /** Somebody new writes {@code m1} to {@code m…} to this person. */
    public void write(Person to, int messages) throws Exception {
        Device5 phone = person().online("phone");
        for (int i = 1; i <= messages; i++) {
            phone.send(to.chat(), "m" + i).stored();
        }
    }

    /** Ends what is still connected. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception gone) {
                // A connection that cannot be closed is closed.
                continue;
            }
        }
    }
}
