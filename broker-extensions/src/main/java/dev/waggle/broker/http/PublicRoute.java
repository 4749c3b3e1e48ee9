package dev.waggle.broker.http;

import dev.waggle.auth.Identity;
import dev.waggle.broker.call.CallHandler;
import dev.waggle.broker.inbound.OverLimit;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.SendKey;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The public door: {@code POST /v1/call/{method}} with a Bearer token carries out the methods of the contract, through
 * the same table as MQTT. An {@code Idempotency-Key} header is the key of the call.
 */
public final class PublicRoute implements Route {
    private static final String CALL = "/v1/call/";

    private final BearerTokens bearers;
    private final CallHandler calls;
    private final Rates rates;

    public PublicRoute(BearerTokens bearers, CallHandler calls, Rates rates) {
        this.bearers = bearers;
        this.calls = calls;
        this.rates = rates;
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        if (!request.path().startsWith(CALL)) {
            answer.accept(HttpAnswer.refused(Refusal.NOT_FOUND, "this door has POST /v1/call/{method}"));
            return;
        }
        if (!request.method().equals("POST")) {
            answer.accept(HttpAnswer.methodNotAllowed("POST"));
            return;
        }
        bearers.require(request, answer, identity -> {
            OverLimit over = rates.takeCall(identity);
            if (over != null) {
                answer.accept(HttpAnswer.comeAgain(Duration.ofMillis(over.millis()), over.message()));
            } else {
                call(identity, request, answer);
            }
        });
    }

    private void call(Identity identity, HttpRequest request, Consumer<HttpAnswer> answer) {
        SendKey key = null;
        String keyHeader = request.header("idempotency-key");
        if (keyHeader != null) {
            Bytes bytes = Bytes.utf8(keyHeader);
            if (bytes.size() < 1 || bytes.size() > Limits.KEY_BYTES) {
                answer.accept(HttpAnswer.refused(
                        Refusal.BAD_REQUEST, "Idempotency-Key must have 1…" + Limits.KEY_BYTES + " bytes"));
                return;
            }
            key = new SendKey(bytes);
        }
        String method = request.path().substring(CALL.length());
        calls.call(request, identity, method, key, request.body(), mediaType(request.header("content-type")), reply -> {
            String type = reply.contentType();
            answer.accept(
                    new HttpAnswer(reply.httpStatus(), type == null ? HttpAnswer.JSON : type, reply.json(), Map.of()));
        });
    }

    /** The media type without parameters: {@code application/json; charset=utf-8} means JSON. */
    private static @Nullable String mediaType(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters)).trim();
    }
}
