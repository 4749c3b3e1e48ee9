package dev.waggle.push.endpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an HTTP/1.1 response (RFC 9112 §4 and §5), as much of it as matters here.
 *
 * @param status 200 to 999
 * @param retryAfter the header of that name, or null
 */
record ResponseHead(int status, @Nullable String retryAfter) {
    /** Status line and headers, with those of interim responses; servers send some hundred bytes. */
    static final int MOST_BYTES = 16 * 1024;

    private static final int FINAL = 200;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
    private static final Pattern RETRY_AFTER =
            Pattern.compile("retry-after:[ \t]*(.*?)[ \t]*", Pattern.CASE_INSENSITIVE);

    /** Reads up to the empty line, and no byte of the body. Interim responses (1xx) are passed over. */
    static ResponseHead read(InputStream in) throws IOException {
        int left = MOST_BYTES;
        int status = 0;
        String retryAfter = null;
        while (true) {
            String line = line(in, left);
            left -= line.length() + 1;
            Matcher statusLine = STATUS_LINE.matcher(line);
            Matcher header = RETRY_AFTER.matcher(line);
            if (status == 0) {
                if (!statusLine.matches()) {
                    throw new IOException("the answer is not HTTP/1.1");
                }
                status = Integer.parseInt(statusLine.group(1));
            } else if (line.isEmpty() && status >= FINAL) {
                return new ResponseHead(status, retryAfter);
            } else if (line.isEmpty()) {
                status = 0;
                retryAfter = null;
            } else if (retryAfter == null && header.matches()) {
                retryAfter = header.group(1);
            }
        }
    }

    /** Without its end, which may lack the CR. */
    private static String line(InputStream in, int mostBytes) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = 0; read < mostBytes; read++) {
            int next = in.read();
            if (next == -1) {
                throw new EOFException("the answer ends too early");
            }
            if (next == '\n') {
                int end = line.length() - 1;
                return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
            }
            line.append((char) next);
        }
        throw new IOException("the answer has more than " + MOST_BYTES + " bytes before its body");
    }
}
