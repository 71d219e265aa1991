package io.github.sealwatcher.transport;

import java.util.List;
import java.util.Locale;

/** The patterns of OpenSSH's files: {@code *} is any text, {@code ?} any character, and {@code !} denies. */
final class SshPattern {

    private SshPattern() {}

    /** Whether a name matches a list of patterns: one at least, and none that is negated. Case does not matter. */
    static boolean matches(String name, List<String> patterns) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean matched = false;
        for (String any : patterns) {
            String pattern = any.toLowerCase(Locale.ROOT);
            boolean negated = pattern.startsWith("!");
            if (matchesOne(lower, negated ? pattern.substring(1) : pattern)) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    /** Goes back to the last star only, which is enough, so it takes at most name times pattern. */
    private static boolean matchesOne(String name, String pattern) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starAt = 0;
        while (at < name.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                starAt = at;
            } else if (in < pattern.length() && (pattern.charAt(in) == '?' || pattern.charAt(in) == name.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }
}
