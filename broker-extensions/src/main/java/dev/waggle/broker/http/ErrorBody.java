package dev.waggle.broker.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.codec.CallJson;
import dev.waggle.spec.codec.JsonForm;
import dev.waggle.spec.message.Rejection;
import java.util.List;

/** The JSON of what went wrong. */
final class ErrorBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ErrorBody() {}

    static Bytes of(Rejection rejection) {
        return CallJson.write(rejection, JsonForm.JSON);
    }

    static Bytes notReady(List<AdminRoute.Problem> problems) {
        ObjectNode body = JSON.createObjectNode().put("status", "not ready");
        problems.forEach(problem -> body.withArray("reasons")
                .addObject()
                .put("check", problem.check())
                .put("message", problem.message()));
        try {
            return Bytes.wrap(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }
}
