package io.github.sealwatcher.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A hash of the content of a record of the trail, so that a reader can check that it is still what was written. It
 * detects accidents and careless edits; it is not a signature.
 *
 * <p>It is SHA-256, cut to 128 bits, over the names and values of the fields in the order in which they are added, each as
 * UTF-8 and followed by a zero byte; a field without a value is left out.
 */
public final class EventDigest {

    /** Names the choice and the order of the fields. */
    public static final String VERSION = "1";

    private static final HexFormat HEX = HexFormat.of();
    private static final int BYTES = 16;

    private static final int DEFAULT_LENGTH = 512;
    /** One a thread: finding a new one costs as much as the hash. It holds nothing of ours, so it keeps no plugin loaded. */
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(EventDigest::newDigest);

    private final StringBuilder fields = new StringBuilder(DEFAULT_LENGTH);

    /** Adds a field; numbers are added in decimal. */
    public EventDigest add(String name, @Nullable Object value) {
        if (value != null) {
            fields.append(name).append('\0').append(value).append('\0');
        }
        return this;
    }

    /** The version, a colon and 32 hexadecimal digits. */
    public String text() {
        byte[] hash = DIGESTS.get().digest(fields.toString().getBytes(StandardCharsets.UTF_8));
        return VERSION + ":" + HEX.formatHex(hash, 0, BYTES);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
