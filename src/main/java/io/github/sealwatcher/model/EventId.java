package io.github.sealwatcher.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of an event. Podman gives none, so it is a hash of what the event is: its type, action, actor and time. The
 * same event has the same id in every run and from every version of Podman, however often it is read again.
 *
 * @param high the first 64 bits of the hash
 * @param low the next 64 bits
 */
public record EventId(long high, long low) {

    private static final HexFormat HEX = HexFormat.of();
    /** One a thread: finding a new one costs as much as the hash. It holds nothing of ours, so it keeps no plugin loaded. */
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(EventId::newDigest);

    /**
     * The id of an event that Podman wrote. The attributes are no part of it: versions of Podman show those of the same
     * line of their log differently.
     */
    public static EventId of(String type, String action, String actorId, long timeNs) {
        MessageDigest digest = DIGESTS.get();
        add(digest, type);
        add(digest, action);
        add(digest, actorId);
        addLong(digest, timeNs);
        return of(digest);
    }

    /**
     * The id of something that has no Podman event of its own.
     *
     * @param parts what makes it unique, for instance the kind of change, the container and its start time
     */
    public static EventId derived(Object... parts) {
        MessageDigest digest = DIGESTS.get();
        for (Object part : parts) {
            add(digest, String.valueOf(part));
        }
        return of(digest);
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static void addLong(MessageDigest digest, long value) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (value >>> (56 - 8 * i));
        }
        digest.update(bytes);
    }

    private static EventId of(MessageDigest digest) {
        byte[] hash = digest.digest();
        return new EventId(toLong(hash, 0), toLong(hash, Long.BYTES));
    }

    private static long toLong(byte[] bytes, int from) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (bytes[from + i] & 0xff);
        }
        return value;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
