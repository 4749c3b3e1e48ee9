package dev.waggle.broker.cli.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.Parsed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line asks for that somebody typed. */
public sealed interface Line {

    /** A message. */
    record Say(String text) implements Line {}

    /** A call; its answer is shown. */
    record Ask(String method, String json) implements Line {}

    /** The list of commands. */
    record Help() implements Line {}

    /** The end. */
    record Quit() implements Line {}

    /** Blank. */
    record Nothing() implements Line {}

    String HELP = """
            a line is a message; //text sends '/text'
            /history [N]      the newest N messages (20), at most 200
            /members          who is in the group
            /add USER …       into the group
            /remove USER …    out of the group
            /leave            the group
            /quit             or end of input""";

    int HISTORY = 20;
    int MOST_HISTORY = 200;

    /** @return a reason if it is a command that does not exist or has wrong arguments */
    static Parsed<Line> parse(String typed, ConversationName conversation) {
        if (typed.isBlank()) {
            return Parsed.ok(new Nothing());
        } else if (!typed.startsWith("/")) {
            return Parsed.ok(new Say(typed));
        } else if (typed.startsWith("//")) {
            return Parsed.ok(new Say(typed.substring(1)));
        }
        List<String> words = List.of(typed.strip().split("\\s+"));
        List<String> arguments = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "/quit" -> Parsed.ok(new Quit());
            case "/help" -> Parsed.ok(new Help());
            case "/history" -> history(arguments, conversation);
            case "/members" -> group("group.info", null, arguments, conversation);
            case "/add" -> group("group.add", "users", arguments, conversation);
            case "/remove" -> group("group.remove", "users", arguments, conversation);
            case "/leave" -> group("group.leave", null, arguments, conversation);
            default -> Parsed.bad("there is no command " + words.get(0) + "; /help lists those that are");
        };
    }

    /** The newest so many messages. */
    static Ask history(ConversationName conversation, int count) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("conv", conversation.text()).put("limit", count);
        return new Ask("history", json.toString());
    }

    private static Parsed<Line> history(List<String> arguments, ConversationName conversation) {
        String count = arguments.isEmpty() ? String.valueOf(HISTORY) : arguments.get(0);
        if (arguments.size() > 1 || !count.matches("[0-9]{1,3}") || Integer.parseInt(count) > MOST_HISTORY) {
            return Parsed.bad("/history takes a number up to " + MOST_HISTORY);
        }
        return Parsed.ok(history(conversation, Math.max(1, Integer.parseInt(count))));
    }

    private static Parsed<Line> group(
            String method, @Nullable String list, List<String> arguments, ConversationName conversation) {
        if (!conversation.text().startsWith("g/")) {
            return Parsed.bad(conversation + " is no group");
        } else if ((list == null) != arguments.isEmpty()) {
            return Parsed.bad(list == null ? "this command takes nothing more" : "whom? Name one or more users");
        }
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("group", conversation.text().substring(2));
        if (list != null) {
            ArrayNode users = json.putArray(list);
            arguments.forEach(users::add);
        }
        return Parsed.ok(new Ask(method, json.toString()));
    }
}
