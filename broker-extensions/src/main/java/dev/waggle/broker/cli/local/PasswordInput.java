package dev.waggle.broker.cli.local;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A password: asked for on a terminal without showing it, otherwise the first line of stdin. Never an argument. */
public final class PasswordInput {
    private PasswordInput() {}

    public static String read(Surroundings surroundings, String prompt) throws CommandFailed {
        Console terminal = surroundings.in() == System.in ? terminal() : null;
        return terminal == null ? firstLine(surroundings) : typedTwice(terminal, prompt);
    }

    private static String firstLine(Surroundings surroundings) throws CommandFailed {
        try {
            String line =
                    new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)).readLine();
            if (line == null || line.isEmpty()) {
                throw new CommandFailed(CommandFailed.USAGE, "the password is the first line of stdin; there is none");
            }
            return line;
        } catch (IOException unreadable) {
            throw new CommandFailed(CommandFailed.FAILED, "stdin cannot be read: " + unreadable, unreadable);
        }
    }

    private static String typedTwice(Console terminal, String prompt) throws CommandFailed {
        char[] first = terminal.readPassword("%s: ", prompt);
        char[] second = terminal.readPassword("%s, again: ", prompt);
        if (first == null || !Arrays.equals(first, second)) {
            throw new CommandFailed(CommandFailed.USAGE, "the two are not the same");
        }
        return new String(first);
    }

    /** Null if there is none. From Java 22 on a console may also be no terminal, and says so itself. */
    private static @Nullable Console terminal() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console)) ? console : null;
        } catch (ReflectiveOperationException olderJava) {
            return console;
        }
    }
}
