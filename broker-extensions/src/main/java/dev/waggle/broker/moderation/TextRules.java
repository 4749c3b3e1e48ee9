package dev.waggle.broker.moderation;

import dev.waggle.spec.Bytes;

/**
 * The rules for words and web addresses in texts; bodies that are not UTF-8 pass. Immutable, pure.
 *
 * @param wordVerdict of a message with one of the words
 * @param hostVerdict of a message that points to where it may not
 */
public record TextRules(WordSet words, Verdict wordVerdict, HostRule hosts, Verdict hostVerdict) {
    public static final TextRules NONE = new TextRules(WordSet.NONE, Verdict.ALLOW, HostRule.NONE, Verdict.ALLOW);

    public boolean isEmpty() {
        return words.isEmpty() && hosts.isEmpty();
    }

    Finding look(Bytes body) {
        String text = isEmpty() ? null : Folding.of(body);
        return text == null ? Finding.NOTHING : lookFolded(text);
    }

    Finding look(String text) {
        return isEmpty() ? Finding.NOTHING : lookFolded(Folding.of(text));
    }

    private Finding lookFolded(String text) {
        String word = words.find(text);
        String host = hosts.find(text);
        Finding ofWords = word == null ? Finding.NOTHING : new Finding(wordVerdict, Report.Cause.WORD, word);
        return host == null ? ofWords : ofWords.or(new Finding(hostVerdict, Report.Cause.ADDRESS, host));
    }
}
