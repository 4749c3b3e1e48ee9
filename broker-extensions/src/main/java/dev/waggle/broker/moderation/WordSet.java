package dev.waggle.broker.moderation;

import dev.waggle.spec.Parsed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds any of many words in a text, in one walk over it however many they are (Aho and Corasick, 1975). A word counts
 * where it stands by itself: no letter or digit before or behind it, but in scripts that write without blanks. Immutable.
 */
public final class WordSet {
    public static final WordSet NONE = new WordSet(List.of());

    /** Some 10 MB with words of usual length. */
    public static final int MOST_WORDS = 10_000;

    public static final int MIN_CHARS = 2;
    public static final int MAX_CHARS = 64;

    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> words;

    /** One beginning of words. */
    private static final class Node {
        char[] chars = {};
        int[] children = {};
        /** The longest other beginning that ends like this one. */
        int fallback;
        /** The next in the chain of fallbacks that is a word, or 0. */
        int nextWord;

        @Nullable
        String word;
    }

    private WordSet(Collection<String> folded) {
        nodes.add(new Node());
        words = Set.copyOf(folded);
        words.forEach(this::add);
        link();
    }

    /** Words as an operator writes them: folded, each once. Total. */
    public static Parsed<WordSet> of(Collection<String> words) {
        List<String> folded =
                words.stream().map(Folding::of).map(String::strip).distinct().toList();
        if (folded.size() > MOST_WORDS) {
            return Parsed.bad("there are more than " + MOST_WORDS + " words");
        }
        boolean good = folded.stream().allMatch(word -> word.length() >= MIN_CHARS && word.length() <= MAX_CHARS);
        return good
                ? Parsed.ok(new WordSet(folded))
                : Parsed.bad("a word has " + MIN_CHARS + " to " + MAX_CHARS + " characters that are seen");
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** @return the first word that ends in the folded text, or null */
    @Nullable
    String find(String text) {
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int next = child(at, c);
            while (next == 0 && at != 0) {
                at = nodes.get(at).fallback;
                next = child(at, c);
            }
            at = next;
            String word = wordAt(at, text, i);
            if (word != null) {
                return word;
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WordSet set && words.equals(set.words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    /** How many: the list is nobody's business. */
    @Override
    public String toString() {
        return words.size() + " words";
    }

    private @Nullable String wordAt(int at, String text, int last) {
        for (int node = at; node != 0; node = nodes.get(node).nextWord) {
            String word = nodes.get(node).word;
            if (word != null && standsAlone(text, last - word.length() + 1, last)) {
                return word;
            }
        }
        return null;
    }

    private static boolean standsAlone(String text, int first, int last) {
        return !(isJoined(text, first - 1) && isJoined(text, first))
                && !(isJoined(text, last) && isJoined(text, last + 1));
    }

    private static boolean isJoined(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return Character.isLetterOrDigit(c)
                && switch (Character.UnicodeScript.of(c)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> false;
                    default -> true;
                };
    }

    private void add(String word) {
        int at = 0;
        for (int i = 0; i < word.length(); i++) {
            int next = child(at, word.charAt(i));
            at = next == 0 ? grow(nodes.get(at), word.charAt(i)) : next;
        }
        nodes.get(at).word = word;
    }

    private int grow(Node parent, char c) {
        int place = -Arrays.binarySearch(parent.chars, c) - 1;
        char[] chars = Arrays.copyOf(parent.chars, parent.chars.length + 1);
        int[] children = Arrays.copyOf(parent.children, chars.length);
        System.arraycopy(parent.chars, place, chars, place + 1, parent.chars.length - place);
        System.arraycopy(parent.children, place, children, place + 1, parent.children.length - place);
        chars[place] = c;
        children[place] = nodes.size();
        parent.chars = chars;
        parent.children = children;
        nodes.add(new Node());
        return nodes.size() - 1;
    }

    private int child(int at, char c) {
        Node node = nodes.get(at);
        int place = Arrays.binarySearch(node.chars, c);
        return place < 0 ? 0 : node.children[place];
    }

    /** Level by level, so that what a node falls back to is linked before it. */
    private void link() {
        ArrayDeque<Integer> due = new ArrayDeque<>();
        for (int child : nodes.get(0).children) {
            due.add(child);
        }
        while (!due.isEmpty()) {
            Node node = nodes.get(due.remove());
            for (int i = 0; i < node.children.length; i++) {
                int fallback = node.fallback;
                while (fallback != 0 && child(fallback, node.chars[i]) == 0) {
                    fallback = nodes.get(fallback).fallback;
                }
                Node child = nodes.get(node.children[i]);
                child.fallback = child(fallback, node.chars[i]);
                Node other = nodes.get(child.fallback);
                child.nextWord = other.word != null ? child.fallback : other.nextWord;
                due.add(node.children[i]);
            }
        }
    }
}
