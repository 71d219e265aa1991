package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.transport.Address;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to one Podman.
 *
 * @param address where its API is
 * @param connectTimeout limit of each connection attempt
 * @param requestTimeout limit of a whole request, but for an event stream: there it limits the wait for the response to
 *     begin and, while history is read, for each further piece of it
 * @param packer what to take from the inspect document beside what is always taken
 * @param pid the engine's process as configured; null to ask the Unix socket
 * @param maxLineBytes longer event lines are skipped
 * @param described the actions of containers whose attributes are asked for; those of other events may be left out
 */
public record EngineOptions(
        Address address,
        Duration connectTimeout,
        Duration requestTimeout,
        InspectPacker packer,
        @Nullable Integer pid,
        int maxLineBytes,
        Predicate<String> described) {

    /** An event line holds all labels of a container, which the kernel's argument limits keep far below this. */
    public static final int DEFAULT_MAX_LINE_BYTES = 4 << 20;

    private static final int LARGEST_MAX_LINE_BYTES = 256 << 20;
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException if a limit isn't positive */
    public EngineOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connectTimeout must be more than 0, found " + connectTimeout);
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("requestTimeout must be more than 0, found " + requestTimeout);
        }
        if (maxLineBytes < 1 || maxLineBytes > LARGEST_MAX_LINE_BYTES) {
            throw new IllegalArgumentException(
                    "maxLineBytes must be 1 to " + LARGEST_MAX_LINE_BYTES + ", found " + maxLineBytes);
        }
    }

    /** The defaults. */
    public static EngineOptions of(Address address) {
        return new EngineOptions(
                address,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_REQUEST_TIMEOUT,
                InspectPointers.of(List.of()),
                null,
                DEFAULT_MAX_LINE_BYTES,
                any -> true);
    }

    /** With other time limits. */
    public EngineOptions withTimeouts(Duration connect, Duration request) {
        return new EngineOptions(address, connect, request, packer, pid, maxLineBytes, described);
    }

    /** With something else to take from each inspect document. */
    public EngineOptions withPacker(InspectPacker inspectPacker) {
        return new EngineOptions(address, connectTimeout, requestTimeout, inspectPacker, pid, maxLineBytes, described);
    }

    /** With the engine's process as configured; null to ask the Unix socket. */
    public EngineOptions withPid(@Nullable Integer enginePid) {
        return new EngineOptions(address, connectTimeout, requestTimeout, packer, enginePid, maxLineBytes, described);
    }

    /** With another limit for event lines. */
    public EngineOptions withMaxLineBytes(int bytes) {
        return new EngineOptions(address, connectTimeout, requestTimeout, packer, pid, bytes, described);
    }

    /** With the attributes of other events left out. */
    public EngineOptions describing(Predicate<String> actions) {
        return new EngineOptions(address, connectTimeout, requestTimeout, packer, pid, maxLineBytes, actions);
    }
}
