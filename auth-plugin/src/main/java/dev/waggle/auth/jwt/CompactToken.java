package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.util.Base64URL;
import dev.waggle.auth.jwt.keys.StrictJson;
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;

/**
 * A token taken apart (RFC 7515 §7.1), nothing of it trusted yet.
 *
 * @param header a JSON object
 * @param claims a JSON object
 * @param signed what the signature is over
 * @param signature as it came
 */
record CompactToken(JsonNode header, JsonNode claims, byte[] signed, Base64URL signature) {

    /** No token of any issuer is longer; checked before anything is parsed, since parsing is what costs. */
    static final int MAX_LENGTH = 8_192;

    /** Linear in the length, and the length is bounded. Never throws. */
    static Parsed<CompactToken> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Parsed.bad("a token is at most " + MAX_LENGTH + " characters");
        }
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 1 || second < first + 2 || second == text.length() - 1 || !isAlphabet(text, first, second)) {
            return Parsed.bad("a token is three parts of [A-Za-z0-9_-] with a dot between them");
        }
        Base64URL header = new Base64URL(text.substring(0, first));
        Base64URL claims = new Base64URL(text.substring(first + 1, second));
        Base64URL signature = new Base64URL(text.substring(second + 1));
        if (!isCanonical(header) || !isCanonical(claims) || !isCanonical(signature)) {
            return Parsed.bad("a part of the token is not base64url");
        }
        byte[] signed = text.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return StrictJson.object(header.decode())
                .fold(
                        head -> StrictJson.object(claims.decode())
                                .fold(
                                        body -> Parsed.ok(new CompactToken(head, body, signed, signature)),
                                        reason -> Parsed.bad("the claims of the token are " + reason)),
                        reason -> Parsed.bad("the header of the token is " + reason));
    }

    private static boolean isAlphabet(String text, int first, int second) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            if (!allowed && i != first && i != second) {
                return false;
            }
        }
        return true;
    }

    /** Each token has one spelling: the bits that base64url leaves over must be 0. */
    private static boolean isCanonical(Base64URL part) {
        return Base64URL.encode(part.decode()).equals(part);
    }
}
