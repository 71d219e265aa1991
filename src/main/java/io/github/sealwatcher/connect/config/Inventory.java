package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.transport.AddressException;
import io.github.sealwatcher.transport.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The inventory file: one {@code name=uri} a line; empty lines and what follows a {@code #} at the beginning of a line or
 * after a blank are left out.
 */
final class Inventory {

    /** A fleet of 100,000 hosts takes about 6 MB. */
    static final int MAX_BYTES = 64 << 20;

    private static final Pattern ENTRY_AFTER_COMMA = Pattern.compile(",[^,]*://");

    private final Path file;

    Inventory(String file) {
        this.file = Path.of(file);
    }

    /**
     * Its hosts, in the order of the file.
     *
     * @throws IllegalArgumentException naming the file and the line, what is expected and what was found. A file without
     *     any host is one too: it is more often one that is just being written than the end of all watching.
     */
    List<HostEntry> read(LocalHost localHost) {
        List<String> lines = lines();
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("(^|\\s)#.*", "").trim();
            if (!line.isEmpty()) {
                check(line, i + 1, localHost);
                entries.add(line);
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("expected one name=uri a line, found no host in " + file);
        }
        try {
            return HostEntry.parse(entries, localHost);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether others than its owner and its group may write to it, and so decide which hosts are watched. */
    boolean isWritableByOthers() {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            // What can't be known isn't warned of; that it can't be read is an error elsewhere.
            return false;
        }
    }

    /** Without a word of what stands there: whoever may configure a connector could have any file of the worker shown. */
    private void check(String line, int number, LocalHost localHost) {
        String problem;
        try {
            HostEntry.parse(List.of(line), localHost);
            if (!ENTRY_AFTER_COMMA.matcher(line).find()) {
                return;
            }
            problem = "a second one after a comma; write it on a line of its own";
        } catch (AddressException e) {
            problem = "an address " + e.problem();
        } catch (IllegalArgumentException e) {
            problem = "another name";
        }
        throw new IllegalArgumentException("in line " + number + " of " + file
                + ": expected name=uri, where the name has 1 to 249 characters of A-Z a-z 0-9 . _ - and the uri is"
                + " unix:///path, tcp://host:port, tcp+tls://host:port, https://host:port or"
                + " ssh://[user@]host[:port]/path/to.sock; found " + problem);
    }

    private List<String> lines() {
        try {
            byte[] content = RegularFile.read(file, MAX_BYTES);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .lines()
                    .toList();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "expected a file that this worker can read, found none at " + file + "; it must be there on every"
                            + " worker that may run the connector",
                    e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("expected text in UTF-8, found other bytes in " + file, e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(
                    "expected a file that this worker can read, found one that it may not read: " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be read: " + e.getMessage() + ": " + file, e);
        }
    }
}
