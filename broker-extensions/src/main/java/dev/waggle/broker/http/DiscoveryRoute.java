package dev.waggle.broker.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Refusal;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The public keys of the local issuer, for others who check its tokens: {@code GET /.well-known/jwks.json} and {@code GET
 * /.well-known/openid-configuration}, which says where they are. Of OpenID Connect Discovery only that much: the issuer
 * has no authorization endpoint and makes no id tokens.
 */
public final class DiscoveryRoute implements Route {
    private static final String KEYS = "/.well-known/jwks.json";
    private static final String METADATA = "/.well-known/openid-configuration";

    /** What comes back in an address must be a host and a port. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\[\\]:_-]{1,255}");

    private final String issuer;
    private final Supplier<String> keys;

    /**
     * @param issuer {@code iss} of the tokens
     * @param keys the JWK set of now, public halves only
     */
    public DiscoveryRoute(String issuer, Supplier<String> keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        answer.accept(answerTo(request));
    }

    private HttpAnswer answerTo(HttpRequest request) {
        boolean known = request.path().equals(KEYS) || request.path().equals(METADATA);
        if (!known) {
            return HttpAnswer.refused(Refusal.NOT_FOUND, "here are " + METADATA + " and " + KEYS);
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpAnswer.methodNotAllowed("GET");
        }
        return HttpAnswer.json(200, request.path().equals(KEYS) ? Bytes.utf8(keys.get()) : metadata(request));
    }

    private Bytes metadata(HttpRequest request) {
        String host = request.header("host");
        String base = (request.secure() ? "https://" : "http://")
                + (host != null && HOST.matcher(host).matches() ? host : "localhost");
        ObjectNode body = JsonBody.object().put("issuer", issuer).put("jwks_uri", base + KEYS);
        body.putArray("response_types_supported");
        body.putArray("grant_types_supported");
        body.putArray("subject_types_supported").add("public");
        body.putArray("id_token_signing_alg_values_supported").add("ES256");
        return JsonBody.bytes(body);
    }
}
