package io.github.sealwatcher.connect.config;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the key that somebody may have meant. */
final class KeySuggestion {

    /** More changes than this, and it isn't a slip of the keyboard. */
    private static final int MAX_SLIPS = 2;

    private static final int MAX_GUESSED = 8;
    /** The distance takes time by the product of both lengths, and nobody means anything by a longer word. */
    private static final int MAX_LETTERS = 300;

    private KeySuggestion() {}

    /** The one key within two slips; null if there is none. */
    static @Nullable String nearMiss(String word, Collection<String> known) {
        return nearest(word, known, MAX_SLIPS);
    }

    /** The same as a question to add to an error; empty if there is none. */
    static String nearMissQuestion(String word, Collection<String> known) {
        String near = nearMiss(word, known);
        return near == null ? "" : "; did you mean " + near + "?";
    }

    /** A question to add to an error; empty if nothing resembles {@code word}. */
    static String didYouMean(String word, Collection<String> known) {
        String near = nearest(word, known, Math.min(MAX_GUESSED, word.length() / 2));
        return near == null ? "" : "; did you mean " + near + "?";
    }

    private static @Nullable String nearest(String word, Collection<String> known, int limit) {
        @Nullable String nearest = null;
        int min = limit + 1;
        for (String candidate : word.length() > MAX_LETTERS ? List.<String>of() : known) {
            int slips = distance(word, candidate);
            if (slips < min) {
                min = slips;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein's distance. */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = above[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[other.length()];
    }
}
