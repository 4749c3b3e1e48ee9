package dev.waggle.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Outcome;
import dev.waggle.push.http.HttpReply;
import dev.waggle.spec.Bytes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is answered, it has an outcome, whose reason is short and has no line breaks. */
class AnswersTest {
    /** Pieces of answers, in any order and number. */
    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"error\"",
                        "\"details\"",
                        "\"@type\"",
                        "\"x.FcmError\"",
                        "\"errorCode\"",
                        "\"UNREGISTERED\"",
                        "\"status\"",
                        "\"access_token\"",
                        "\"expires_in\"",
                        "1e999",
                        "-1",
                        "null",
                        "\"a\\nb\"",
                        "\"fieldViolations\"",
                        "\"field\"",
                        "\"message.token\"",
                        "{\"error\":",
                        "{\"access_token\":\"a\",\"expires_in\":",
                        "\"error_description\"",
                        "[[[[",
                        "\u0000")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    @Property
    void answer_ofAnyBody_hasAnOutcome(
            @ForAll("bodies") String body, @ForAll @IntRange(min = 100, max = 999) int status) {
        check(FcmAnswer.of(answer(status, Bytes.utf8(body))).outcome());
        check(TokenAnswer.of(answer(status, Bytes.utf8(body))));
        check(TokenAnswer.of(answer(200, Bytes.utf8(body))));
    }

    @Property
    void answer_ofAnyBytes_hasAnOutcome(@ForAll byte[] body) {
        check(FcmAnswer.of(answer(404, Bytes.wrap(body))).outcome());
        check(TokenAnswer.of(answer(400, Bytes.wrap(body))));
    }

    private static HttpReply.Answer answer(int status, Bytes body) {
        return new HttpReply.Answer(status, null, body);
    }

    private static void check(TokenAnswer answer) {
        if (answer.access() instanceof Access.Denied denied) {
            check(denied.outcome());
        } else {
            assertThat(answer.life()).isPositive();
        }
    }

    private static void check(Outcome outcome) {
        assertThat(outcome.reason()).hasSizeBetween(1, 60).doesNotContain("\n");
    }
}
