package dev.waggle.auth.jwt.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.spec.Parsed;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One way to the key set of one issuer. Any thread; never blocks. */
public interface KeyDownload {

    /** Completes normally; bad says why there are no keys, for the log. */
    CompletionStage<Parsed<JwkSet>> run();

    /**
     * The way to the keys of an issuer: from a known address, or the one that its metadata name.
     *
     * @param issuer its name
     * @param address null: discovered
     * @throws IllegalArgumentException if there is no address and the name is none
     */
    static KeyDownload of(String issuer, @Nullable URI address, Documents documents) {
        if (address != null) {
            return from(address, documents);
        }
        URI metadata = metadataOf(issuer).fold(Function.identity(), reason -> {
            throw new IllegalArgumentException(issuer + " " + reason);
        });
        return discovered(issuer, metadata, documents);
    }

    /** From a known address. */
    static KeyDownload from(URI address, Documents documents) {
        return () -> documents
                .get(address)
                .thenApply(document -> document.fold(
                        JwkSet::parse, reason -> Parsed.bad("no key set from " + address + ": " + reason)));
    }

    /** From the address that the issuer's metadata names (OpenID Connect Discovery §4). */
    static KeyDownload discovered(String issuer, URI metadata, Documents documents) {
        return new Discovered(issuer, metadata, documents);
    }

    /**
     * Where the metadata of an issuer are (§4.1): below its address, without a slash between two.
     *
     * @return bad if the issuer is no address from which anything may be fetched
     */
    static Parsed<URI> metadataOf(String issuer) {
        return WebAddress.parse(issuer)
                .then(address -> address.getRawQuery() == null
                        ? WebAddress.parse(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration")
                        : Parsed.bad("has a query"));
    }

    /** Keeps the address until it fails, for it hardly ever changes. */
    final class Discovered implements KeyDownload {
        private final String issuer;
        private final URI metadata;
        private final Documents documents;
        private final AtomicReference<@Nullable URI> known = new AtomicReference<>();

        private Discovered(String issuer, URI metadata, Documents documents) {
            this.issuer = issuer;
            this.metadata = metadata;
            this.documents = documents;
        }

        @Override
        public CompletionStage<Parsed<JwkSet>> run() {
            URI before = known.get();
            return before != null
                    ? keys(before)
                    : documents
                            .get(metadata)
                            .thenCompose(document -> document.then(StrictJson::object)
                                    .then(this::address)
                                    .fold(
                                            this::keys,
                                            reason -> CompletableFuture.completedFuture(Parsed.bad(
                                                    "no issuer metadata from " + metadata + ": " + reason))));
        }

        private CompletionStage<Parsed<JwkSet>> keys(URI address) {
            return from(address, documents).run().thenApply(keys -> {
                known.set(keys.isOk() ? address : null);
                return keys;
            });
        }

        private Parsed<URI> address(JsonNode description) {
            if (!description.path("issuer").isTextual()
                    || !description.path("issuer").textValue().equals(issuer)) {
                return Parsed.bad("they are of another issuer");
            }
            return WebAddress.parse(description.path("jwks_uri").asText())
                    .fold(
                            address -> WebAddress.isEncrypted(address) || !WebAddress.isEncrypted(metadata)
                                    ? Parsed.ok(address)
                                    : Parsed.bad("jwks_uri leads from https to http"),
                            reason -> Parsed.bad("jwks_uri " + reason));
        }
    }
}
