package dev.waggle.push.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.Http2Double.Request;
import io.netty.handler.codec.http2.Http2Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Google's token endpoint and FCM, as their documentation describes them: checks the assertion with the JDK alone, and
 * holds messages to the generated model's names and types.
 */
public final class FcmDouble implements AutoCloseable {
    public static final String PROJECT = "waggle-test";

    private static final String SEND = "/v1/projects/" + PROJECT + "/messages:send";
    private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";
    private static final Set<String> MESSAGE = Set.of("fid", "token", "data", "android");
    private static final Set<String> ANDROID = Set.of("priority", "ttl");
    private static final Set<String> PRIORITIES = Set.of("high", "normal");

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, Http2Double.Script> byAddress = new ConcurrentHashMap<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final AtomicReference<Http2Double.@Nullable Script> granting = new AtomicReference<>();
    private final GoogleAccount account;
    private final PublicKey key;
    private final InstantSource clock;
    private final Http2Double server;

    /**
     * Who may ask.
     *
     * @param email of the service account
     */
    public record GoogleAccount(String email, String keyId) {}

    public FcmDouble(TestCertificate certificate, GoogleAccount account, PublicKey key, InstantSource clock)
            throws Exception {
        this.account = account;
        this.key = key;
        this.clock = clock;
        server = new Http2Double(certificate, new Http2Settings().maxConcurrentStreams(100), this::reply);
    }

    /** What happens to messages for this address, once all else is right. */
    public void device(String address, Http2Double.Script script) {
        byAddress.put(address, script);
    }

    /** What happens at the token endpoint instead of what is right. */
    public void granting(Http2Double.@Nullable Script script) {
        granting.set(script);
    }

    /** No token is good any more. */
    public void revoke() {
        tokens.clear();
    }

    public Http2Double server() {
        return server;
    }

    public String tokenUri() {
        return "https://localhost:" + server.port() + "/token";
    }

    /** Requests for access tokens so far. */
    public long grants() {
        return server.requests().stream()
                .filter(request -> request.path().equals("/token"))
                .count();
    }

    /** Requests to send so far. */
    public List<Request> messages() {
        return server.requests().stream()
                .filter(request -> request.path().equals(SEND))
                .toList();
    }

    /** An error as Google's services write it. */
    public static Reply error(int code, String status, String message, String details) {
        return Reply.answer(
                code,
                "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":\"" + status
                        + "\",\"details\":[" + details + "]}}");
    }

    /** FCM's own detail of an error. */
    public static String detail(String errorCode) {
        return "{\"@type\":\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\"" + errorCode
                + "\"}";
    }

    /** The detail that names a field. */
    public static String violation(String field) {
        return "{\"@type\":\"" + BAD_REQUEST + "\",\"fieldViolations\":[{\"field\":\"" + field
                + "\",\"description\":\"Invalid\"}]}";
    }

    private Reply reply(Request request) throws Exception {
        if (request.path().equals("/token")) {
            Http2Double.Script script = granting.get();
            return script == null ? grant(request) : script.reply(request);
        }
        if (!request.path().equals(SEND)) {
            return Reply.answer(404, "<html>Not Found</html>");
        }
        String authorization = request.headers().getOrDefault("authorization", "");
        if (tokens.stream().noneMatch(token -> authorization.equals("Bearer " + token))) {
            return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", "");
        }
        JsonNode body = mapper.readTree(request.body());
        JsonNode message = body.path("message");
        String fault = fault(body, message);
        if (fault != null) {
            return error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.", violation(fault));
        }
        String address = message.path("fid").asText() + message.path("token").asText();
        Http2Double.Script script = byAddress.get(address);
        return script != null
                ? script.reply(request)
                : error(
                        400,
                        "INVALID_ARGUMENT",
                        "The registration token is not a valid FCM registration token",
                        detail("INVALID_ARGUMENT") + "," + violation("message.token"));
    }

    private Reply grant(Request request) throws Exception {
        Map<String, String> form = new HashMap<>();
        for (String field : request.body().split("&")) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        if (!"urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type"))) {
            return refusal("unsupported_grant_type", "Invalid grant_type");
        }
        String[] parts = form.get("assertion").split("\\.");
        JsonNode header = decoded(parts[0]);
        JsonNode claims = decoded(parts[1]);
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(key);
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        if (!claims.path("iss").asText().equals(account.email())) {
            return refusal("invalid_grant", "Invalid grant: account not found");
        }
        if (!header.path("alg").asText().equals("RS256")
                || !header.path("typ").asText().equals("JWT")
                || !header.path("kid").asText().equals(account.keyId())
                || !verifier.verify(Base64.getUrlDecoder().decode(parts[2]))) {
            return refusal("invalid_grant", "Invalid JWT Signature.");
        }
        long issued = claims.path("iat").asLong();
        if (Math.abs(issued - clock.instant().getEpochSecond()) > 300
                || claims.path("exp").asLong() != issued + 3_600) {
            return refusal(
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your"
                            + " iat and exp values in the JWT claim.");
        }
        if (!claims.path("aud").asText().equals(tokenUri())
                || !claims.path("scope").asText().equals("https://www.googleapis.com/auth/firebase.messaging")) {
            return refusal("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        }
        String token = "ya29.c.test-" + server.requests().size();
        tokens.add(token);
        return Reply.answer(200, "{\"access_token\":\"" + token + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
    }

    public static Reply refusal(String error, String description) {
        return Reply.answer(400, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    private JsonNode decoded(String part) throws Exception {
        return mapper.readTree(Base64.getUrlDecoder().decode(part));
    }

    /** The first field that is not as the model says, or null. */
    private static @Nullable String fault(JsonNode body, JsonNode message) {
        for (String field : names(body)) {
            if (!field.equals("message")
                    && !(field.equals("validateOnly") && body.get(field).isBoolean())) {
                return field;
            }
        }
        for (String field : names(message)) {
            if (!MESSAGE.contains(field)) {
                return "message." + field;
            }
        }
        int bytes = 0;
        for (String field : names(message.path("data"))) {
            JsonNode value = message.path("data").get(field);
            boolean reserved = field.equals("from")
                    || field.equals("message_type")
                    || field.startsWith("google.")
                    || field.startsWith("gcm.");
            if (reserved || !value.isTextual()) {
                return "message.data." + field;
            }
            bytes += (field + value.asText()).getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > 4_096) {
            return "message.data";
        }
        JsonNode android = message.path("android");
        for (String field : names(android)) {
            if (!ANDROID.contains(field)) {
                return "message.android." + field;
            }
        }
        boolean good = android.isMissingNode()
                || PRIORITIES.contains(android.path("priority").asText())
                        && android.path("ttl").asText().matches("[0-9]{1,7}s");
        return good ? null : "message.android";
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
