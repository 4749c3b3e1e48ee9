package dev.waggle.push.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.Http2Double.Request;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * APNs as its documentation describes it, written without the client's library: it checks the provider token with the JDK
 * alone, allows one request at a time until the first good token, and holds headers and payload to Apple's rules.
 */
public final class ApnsDouble implements AutoCloseable {
    private static final Set<String> TYPES = Set.of("alert", "background", "voip");

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, Http2Double.Script> byToken = new ConcurrentHashMap<>();
    private final Set<String> topics;
    private final String keyId;
    private final String teamId;
    private final PublicKey key;
    private final Http2Double server;
    private final AtomicBoolean trusted = new AtomicBoolean();

    public ApnsDouble(TestCertificate certificate, String keyId, String teamId, PublicKey key, Set<String> topics)
            throws Exception {
        this.keyId = keyId;
        this.teamId = teamId;
        this.key = key;
        this.topics = topics;
        server = new Http2Double(certificate, new Http2Settings().maxConcurrentStreams(1), this::reply);
    }

    /** What happens to requests for this device token, once all else is right. */
    public void device(String token, Http2Double.Script script) {
        byToken.put(token, script);
    }

    public static Reply refusal(int status, String reason) {
        return Reply.answer(status, "{\"reason\":\"" + reason + "\"}");
    }

    public Http2Double server() {
        return server;
    }

    private Reply reply(Request request) throws Exception {
        String refused = tokenFault(request.headers().get("authorization"));
        if (refused != null) {
            return refusal(403, refused);
        }
        if (trusted.compareAndSet(false, true)) {
            server.allowStreams(100);
        }
        refused = fault(request);
        if (refused != null) {
            return refusal(refused.equals("PayloadTooLarge") ? 413 : 400, refused);
        }
        Http2Double.Script script = byToken.get(request.path().substring("/3/device/".length()));
        return script == null ? refusal(400, "BadDeviceToken") : script.reply(request);
    }

    private String tokenFault(String authorization) throws Exception {
        if (authorization == null || !authorization.startsWith("bearer ")) {
            return "MissingProviderToken";
        }
        String[] parts = authorization.substring("bearer ".length()).split("\\.");
        JsonNode header = decoded(parts[0]);
        JsonNode claims = decoded(parts[1]);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        boolean concatenated = signature.length == 64;
        Signature verifier = Signature.getInstance(concatenated ? "SHA256withECDSAinP1363Format" : "SHA256withECDSA");
        verifier.initVerify(key);
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        boolean good = header.path("alg").asText().equals("ES256")
                && header.path("kid").asText().equals(keyId)
                && claims.path("iss").asText().equals(teamId)
                && verifier.verify(signature);
        return good ? null : "InvalidProviderToken";
    }

    private JsonNode decoded(String part) throws Exception {
        return mapper.readTree(Base64.getUrlDecoder().decode(part));
    }

    private String fault(Request request) throws Exception {
        Map<String, String> headers = request.headers();
        String topic = headers.getOrDefault("apns-topic", "");
        if (!topics.contains(topic)) {
            return "TopicDisallowed";
        }
        String type = headers.getOrDefault("apns-push-type", "");
        JsonNode aps = mapper.readTree(request.body()).path("aps");
        boolean silent = aps.path("content-available").asInt() == 1;
        if (!TYPES.contains(type)
                || type.equals("voip") != topic.endsWith(".voip")
                || type.equals("background") != silent) {
            return "InvalidPushType";
        }
        if (silent && (aps.size() != 1 || !headers.get("apns-priority").equals("5"))) {
            return "BadPriority";
        }
        if (!headers.getOrDefault("apns-expiration", "").matches("[0-9]{1,10}")) {
            return "BadExpirationDate";
        }
        if (headers.getOrDefault("apns-collapse-id", "").length() > 64) {
            return "BadCollapseId";
        }
        String id = headers.get("apns-id");
        if (id != null && !UUID.fromString(id).toString().equals(id)) {
            return "BadMessageId";
        }
        int most = type.equals("voip") ? 5_120 : 4_096;
        return request.body().getBytes(StandardCharsets.UTF_8).length > most ? "PayloadTooLarge" : null;
    }

    @Override
    public void close() {
        server.close();
    }
}
