package dev.waggle.broker.conformance;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users made up for the run, as many as it takes, with tokens from a source that gives one to anybody. Any thread. */
public final class MadeAccounts implements Accounts {

    /** Makes tokens. Any thread. */
    @FunctionalInterface
    public interface Source {

        /** @return a token that is good for this device of this user; empty if there is none */
        Optional<String> token(String user, String device);
    }

    private final FreshNames names;
    private final Source source;
    private final @Nullable Source services;

    /** @param services makes tokens with the role {@code service}, or null: nobody does */
    public MadeAccounts(SecureRandom random, Source source, @Nullable Source services) {
        this.names = new FreshNames(random);
        this.source = source;
        this.services = services;
    }

    @Override
    public Optional<Account> fresh() {
        return Optional.of(new Made(names.next(), source));
    }

    @Override
    public Optional<Account> service() {
        return Optional.ofNullable(services).map(tokens -> new Made(names.next(), tokens));
    }

    private record Made(String user, Source source) implements Account {

        @Override
        public Optional<DeviceToken> device(String wish, int index) {
            return source.token(user, wish).map(token -> new DeviceToken(wish, token));
        }
    }
}
