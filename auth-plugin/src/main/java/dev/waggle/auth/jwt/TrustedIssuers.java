package dev.waggle.auth.jwt;

import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.keys.Documents;
import dev.waggle.auth.jwt.keys.KeyFetches;
import dev.waggle.auth.jwt.keys.PublishedKeys;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every issuer that is trusted, found by the exact text of {@code iss}. Immutable but for the keys; any thread. */
public final class TrustedIssuers {
    private final Map<String, TrustedIssuer> byName;
    private final List<PublishedKeys> published;
    private final @Nullable RotatingKeys rotating;

    private TrustedIssuers(
            Map<String, TrustedIssuer> byName, List<PublishedKeys> published, @Nullable RotatingKeys rotating) {
        this.rotating = rotating;
        this.byName = Map.copyOf(byName);
        this.published = List.copyOf(published);
    }

    /** Collects issuers; a name twice, or a second one whose subjects are user ids, is an error of the caller. */
    public static final class Builder {
        private final Map<String, TrustedIssuer> byName = new LinkedHashMap<>();
        private final List<PublishedKeys> published = new ArrayList<>();
        private final Documents documents;
        private final InstantSource clock;
        private final KeyFetches listener;
        private final Roles roles;
        private @Nullable RotatingKeys rotating;

        /**
         * @param documents fetches the keys of external issuers
         * @param listener told of each fetch
         */
        public Builder(Documents documents, InstantSource clock, KeyFetches listener) {
            this(documents, clock, listener, Roles.BUILT_IN);
        }

        /**
         * @param documents fetches the keys of external issuers
         * @param listener told of each fetch
         * @param roles that tokens may name
         */
        public Builder(Documents documents, InstantSource clock, KeyFetches listener, Roles roles) {
            this.roles = roles;
            this.documents = documents;
            this.clock = clock;
            this.listener = listener;
        }

        /** @param rawSubjects true: subjects of the local issuer are user ids */
        public Builder local(String name, LocalKeys keys, boolean rawSubjects) {
            return add(TrustedIssuer.local(name, keys.verification(), rawSubjects, roles));
        }

        /** @param rawSubjects true: subjects of the local issuer are user ids */
        public Builder local(String name, RotatingKeys keys, boolean rawSubjects) {
            rotating = keys;
            return add(TrustedIssuer.local(name, keys, rawSubjects, roles));
        }

        /** @throws IllegalArgumentException also if there is no {@code jwksUri} and the name is no address */
        public Builder external(ExternalIssuer issuer) {
            PublishedKeys keys =
                    new PublishedKeys(issuer.name(), issuer.keys(documents), issuer.outage(), clock, listener);
            published.add(keys);
            return add(TrustedIssuer.external(issuer, keys, roles));
        }

        private Builder add(TrustedIssuer issuer) {
            boolean second = issuer.rawSubjects() && byName.values().stream().anyMatch(TrustedIssuer::rawSubjects);
            if (second || byName.putIfAbsent(issuer.name(), issuer) != null) {
                throw new IllegalArgumentException("the name, or raw subjects, a second time: " + issuer.name());
            }
            return this;
        }

        public TrustedIssuers build() {
            return new TrustedIssuers(byName, published, rotating);
        }
    }

    /**
     * To be called every second or so, from the start on: fetches keys when it is time to, and looks at the key file of the
     * local issuer.
     */
    public void tick() {
        if (rotating != null) {
            rotating.tick();
        }
        published.forEach(PublishedKeys::tick);
    }

    /** The issuers whose users cannot log in now, for the operator; one line each. */
    public List<String> problems() {
        return published.stream()
                .map(PublishedKeys::problem)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Every {@code iss} that is trusted, in the order of the alphabet. */
    public List<String> names() {
        return byName.keySet().stream().sorted().toList();
    }

    @Nullable
    TrustedIssuer find(String name) {
        return byName.get(name);
    }
}
