package dev.waggle.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a scenario says: on the terminal at once and, if a file was named, in it as Markdown. */
public final class Report {
    private final PrintStream out;
    private final @Nullable Path file;
    private final StringBuilder text = new StringBuilder();

    public Report(PrintStream out, @Nullable Path file) {
        this.out = out;
        this.file = file;
    }

    public void line(String line) {
        out.println(line);
        out.flush();
        text.append(line).append('\n');
    }

    public void table(Table table) {
        line("");
        line(table.toString());
    }

    /** Only on the terminal: progress that a reader of the report does not need. */
    public void progress(String line) {
        out.println(line);
        out.flush();
    }

    public void save() {
        if (file == null) {
            return;
        }
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, text);
            out.println("written: " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
