package dev.waggle.spec.document;

import dev.waggle.spec.Bytes;
import java.util.List;
import java.util.regex.Pattern;

/** One fenced block: the words behind its fence, and its text. */
record Example(List<String> kind, String text) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z][^\\n]*)\\n(.*?)^```$");

    static List<Example> of(String document) {
        return BLOCK.matcher(document)
                .results()
                .map(block -> new Example(List.of(block.group(1).split(" ")), block.group(2)))
                .toList();
    }

    /** The first word of each line: what follows is a comment. */
    List<String> words() {
        return text.lines().map(line -> line.split("\\s+")[0]).toList();
    }

    Bytes bytes() {
        return Bytes.utf8(text);
    }

    @Override
    public String toString() {
        return String.join(" ", kind) + ": " + text.lines().findFirst().orElse("");
    }
}
