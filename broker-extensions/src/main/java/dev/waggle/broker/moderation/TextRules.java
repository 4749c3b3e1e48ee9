package dev.waggle.broker.moderation;

import dev.waggle.spec.Bytes;

/**
 * The rules for words and web addresses in bodies that are UTF-8; others pass. Immutable, pure.
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
        if (text == null) {
            return Finding.NOTHING;
        }
        String word = words.find(text);
        String host = hosts.find(text);
        Finding ofWords = word == null ? Finding.NOTHING : new Finding(wordVerdict, Report.Cause.WORD, word);
        return host == null ? ofWords : ofWords.or(new Finding(hostVerdict, Report.Cause.ADDRESS, host));
    }
}
