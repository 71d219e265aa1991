package io.github.sealwatcher.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads whole files that an operator names, which could be anything: a FIFO blocks, a device never ends. */
public final class RegularFile {

    private RegularFile() {}

    /**
     * The content of a regular file.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it isn't a regular file, has more than {@code maxBytes} or can't be read; the message names
     *     the reason, never the content
     */
    public static byte[] read(Path file, int maxBytes) throws IOException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("expected a regular file, found " + kind(file));
        }
        long size = Files.size(file);
        if (size > maxBytes) {
            throw new IOException("expected a file of at most " + maxBytes + " bytes, found " + size);
        }
        if (size == 0) {
            // The files that the kernel makes up, such as those below /proc, claim to be empty; they are no
            // configuration.
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new IOException("expected a file of at most " + maxBytes + " bytes, found more");
            }
            return content;
        }
    }

    private static String kind(Path file) {
        return Files.isDirectory(file)
                ? "a directory"
                : "a device, pipe or socket, or a file that may not be looked at";
    }
}
