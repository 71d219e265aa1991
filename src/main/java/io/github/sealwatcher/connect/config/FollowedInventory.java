package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.transport.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of an inventory file that is looked at again and again: parsed only when its bytes are not those that were parsed
 * last, as checking a thousand addresses takes much longer than reading them. For one thread.
 */
public final class FollowedInventory implements Supplier<List<HostConfig>> {

    private final Path file;
    private final Supplier<List<HostConfig>> parser;
    private byte @Nullable [] digest;
    private List<HostConfig> hosts = List.of();

    FollowedInventory(Path file, Supplier<List<HostConfig>> parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads nothing yet.
     *
     * @param properties of a connector with an inventory file
     * @param parser reads and checks the file; what it throws passes through {@link #get}
     */
    public static FollowedInventory of(Map<String, String> properties, Supplier<List<HostConfig>> parser) {
        return new FollowedInventory(Path.of(Objects.requireNonNull(properties.get(HostsConfig.FILE))), parser);
    }

    @Override
    public List<HostConfig> get() {
        // Before it is parsed: what is written meanwhile then counts as a change.
        byte[] now = digest();
        if (now == null || !Arrays.equals(now, digest)) {
            digest = null;
            hosts = parser.get();
            digest = now;
        }
        return hosts;
    }

    /** Of what the file holds now; null if it can't be read, which the parser finds words for. */
    private byte @Nullable [] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(RegularFile.read(file, Inventory.MAX_BYTES));
        } catch (IOException e) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
