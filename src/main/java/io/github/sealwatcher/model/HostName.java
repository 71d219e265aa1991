package io.github.sealwatcher.model;

import java.util.regex.Pattern;

/**
 * The configured, logical name of a watched host: the {@code host} of every key and the source partition of its offset.
 * It is never the address, so that a host may move without splitting its history.
 *
 * @param value 1 to 249 characters of {@code A-Z a-z 0-9 . _ -}
 */
public record HostName(String value) {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /** Whether a text can be a host's name. */
    public static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if {@code value} isn't a host name */
    public HostName {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "host name must be 1 to 249 characters of A-Z a-z 0-9 . _ -, found \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
