package io.github.sealwatcher.connect.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.sealwatcher.model.ContainerFilter;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions for container names. A name is foreign: whoever may start a container chooses it. So they are matched
 * by RE2/J, in time linear in the name's length and without recursion, and one that would become a huge program is refused.
 */
final class NamePattern {

    private static final int MAX_EXPRESSION = 1000;
    /** Steps of the program for each character of a name. */
    private static final int MAX_SIZE = 5000;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_SHOWN = 100;
    private static final int MAX_COUNT = 1000;

    /**
     * RE2/J (1.8) looks without an end for the other cases of characters that Java's Unicode has and its own tables lack,
     * such as U+1C80: in validation, and in the task's thread. Names of containers are ASCII.
     */
    private static final Pattern IGNORES_CASE = Pattern.compile("\\(\\?[msU-]*i");

    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7f]|\\\\x\\{");

    private final String expression;
    private final Deque<Long> groups = new ArrayDeque<>();
    private long group;
    private long last;

    private NamePattern(String expression) {
        this.expression = expression;
    }

    /** @throws IllegalArgumentException with what is expected and what was found */
    static ContainerFilter.NameRule compiled(String expression) {
        if (expression.length() > MAX_EXPRESSION) {
            throw refused(expression, "it has more than " + MAX_EXPRESSION + " characters");
        }
        if (new NamePattern(expression).size() > MAX_SIZE) {
            throw refused(expression, "its repetitions or groups are too many to be matched in good time");
        }
        if (IGNORES_CASE.matcher(expression).find()
                && BEYOND_ASCII.matcher(expression).find()) {
            throw refused(
                    expression,
                    "characters beyond ASCII can't be matched without regard to case; leave out them or (?i)");
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw refused(
                    expression,
                    e.getDescription()
                            + "; back references, look-ahead, look-behind and possessive quantifiers aren't available,"
                            + " because they can't be matched in linear time");
        }
        return new ContainerFilter.NameRule(
                expression, name -> pattern.matcher(name).find());
    }

    private static IllegalArgumentException refused(String expression, String why) {
        String shown = expression.length() > MAX_SHOWN
                ? expression.substring(0, MAX_SHOWN) + "... (" + expression.length() + " characters)"
                : expression;
        return new IllegalArgumentException(
                "expected a regular expression (RE2 syntax), found \"" + shown + "\": " + why);
    }

    /** About how many steps its program has, or more: a repetition repeats the steps of what it is for. */
    private long size() {
        for (int at = 0; at < expression.length(); at++) {
            char c = expression.charAt(at);
            switch (c) {
                case '\\' -> {
                    at++;
                    atom(1);
                }
                case '[' -> {
                    at = endOfClass(at);
                    atom(1);
                }
                case '(' -> {
                    groups.push(group);
                    group = 0;
                    last = 0;
                    if (groups.size() > MAX_DEPTH) {
                        return Long.MAX_VALUE;
                    }
                }
                case ')' -> {
                    long inner = group + 2;
                    group = groups.isEmpty() ? group : groups.pop();
                    atom(inner);
                }
                case '{' -> repeat(at);
                default -> atom(1);
            }
            if (group > MAX_SIZE) {
                return group;
            }
        }
        return group + groups.stream().mapToLong(Long::longValue).sum();
    }

    private void atom(long steps) {
        last = steps;
        group += steps;
    }

    /** Where the class that begins at {@code start} ends; a bracket may be its first character. */
    private int endOfClass(int start) {
        int at = start + 1;
        if (at < expression.length() && expression.charAt(at) == '^') {
            at++;
        }
        for (at++; at < expression.length() && expression.charAt(at) != ']'; at++) {
            if (expression.charAt(at) == '\\') {
                at++;
            }
        }
        return at;
    }

    private void repeat(int start) {
        int end = expression.indexOf('}', start);
        long max = 0;
        for (int at = start + 1; at < end; at++) {
            // The last number counts; whatever else stands there, it is no repetition.
            char c = expression.charAt(at);
            max = c >= '0' && c <= '9' ? Math.min(MAX_COUNT, max * 10 + c - '0') : c == ',' ? keptFor(at, end, max) : 0;
        }
        group += last * Math.max(0, max - 1);
        last *= Math.max(1, max);
    }

    /** Without a number after the comma, the one before it counts. */
    private long keptFor(int comma, int end, long before) {
        return comma + 1 == end ? before : 0;
    }
}
