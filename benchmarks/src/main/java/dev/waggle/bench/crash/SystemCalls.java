package dev.waggle.bench.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a trace of system calls ({@code strace -f -y}) line by line and checks for each marked message that, on the
 * socket it was read from, nothing is written before a sync ended that began after the message was written to the log
 * file. Each socket has one message under way, so what is written there is its acknowledgement.
 */
public final class SystemCalls {
    private static final Pattern MARK = Pattern.compile("MARK-\\d{6}");
    private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\((\\d+)<([^>]*)>(.*)$");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)$");

    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<String, Message> underWay = new HashMap<>();
    private final Map<String, Call> unfinished = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int acknowledged;
    private int syncs;

    private record Call(String name, String file, Set<Message> covered) {}

    private static final class Message {
        final String mark;
        /** Log files that hold it, not yet synced. */
        final Set<String> written = new HashSet<>();

        boolean synced;

        Message(String mark) {
            this.mark = mark;
        }
    }

    public void line(String line) {
        Matcher call = CALL.matcher(line);
        Matcher resumed = RESUMED.matcher(line);
        if (call.find()) {
            begin(call.group(1), new Call(call.group(2), call.group(4), new HashSet<>()), call.group(5));
        } else if (resumed.find()) {
            Call begun = unfinished.remove(resumed.group(1));
            if (begun != null && begun.name().equals(resumed.group(2))) {
                end(begun, resumed.group(3));
            }
        }
    }

    private void begin(String thread, Call call, String rest) {
        boolean socket = call.file().startsWith("socket:") || call.file().startsWith("TCP");
        if (isWrite(call) && socket) {
            answer(call.file());
        } else if (isWrite(call)) {
            marks(rest).forEach(mark -> {
                Message message = messages.get(mark);
                if (message != null) {
                    message.written.add(call.file());
                }
            });
        } else if (isSync(call)) {
            messages.values().stream()
                    .filter(message -> message.written.contains(call.file()))
                    .forEach(call.covered()::add);
        }
        if (rest.endsWith("<unfinished ...>")) {
            unfinished.put(thread, call);
        } else {
            end(call, rest);
        }
    }

    private void end(Call call, String rest) {
        if (isSync(call) && rest.contains("= 0")) {
            syncs++;
            call.covered().forEach(message -> {
                message.synced = true;
                message.written.clear();
            });
        } else if (isRead(call)) {
            for (String mark : marks(rest)) {
                if (!messages.containsKey(mark)) {
                    Message message = new Message(mark);
                    messages.put(mark, message);
                    underWay.put(call.file(), message);
                }
            }
        }
    }

    private void answer(String socket) {
        Message message = underWay.remove(socket);
        if (message == null) {
            return;
        }
        acknowledged++;
        if (!message.synced) {
            violations.add(message.mark + " was answered before a sync that covers it had ended"
                    + (message.written.isEmpty() ? "; it had not been written to a file" : ""));
        }
    }

    private static List<String> marks(String text) {
        List<String> found = new ArrayList<>();
        Matcher mark = MARK.matcher(text);
        while (mark.find()) {
            found.add(mark.group());
        }
        return found;
    }

    private static boolean isWrite(Call call) {
        return call.name().contains("write") || call.name().startsWith("send");
    }

    private static boolean isRead(Call call) {
        return call.name().startsWith("read") || call.name().startsWith("recv");
    }

    private static boolean isSync(Call call) {
        return call.name().equals("fdatasync") || call.name().equals("fsync");
    }

    /** Messages that were answered. */
    public int acknowledged() {
        return acknowledged;
    }

    public int syncs() {
        return syncs;
    }

    public List<String> violations() {
        return List.copyOf(violations);
    }
}
