package io.github.sealwatcher.transport;

import java.io.Serial;

/** A text isn't an address. The message has what was expected, what was found, without secrets, and why it is refused. */
public final class AddressException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String problem;

    AddressException(String expected, String shown, String problem) {
        super(expected + ", found \"" + shown + "\", " + problem);
        this.problem = problem;
    }

    /** Why it won't do, in words that hold nothing of the text: for a file whose content must not be shown. */
    public String problem() {
        return problem;
    }
}
