package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.Machine;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The inventory file: one {@code name=uri} a line; empty lines and what follows a {@code #} at the beginning of a line or
 * after a blank are left out.
 */
final class Inventory {

    /** A fleet of 100,000 hosts takes about 6 MB. */
    private static final long MOST_BYTES = 64L << 20;

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
    List<HostEntry> read(Machine machine) {
        List<String> lines = lines();
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("(^|\\s)#.*", "").trim();
            if (!line.isEmpty()) {
                check(line, i + 1, machine);
                entries.add(line);
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("expected one name=uri a line, found no host in " + file);
        }
        try {
            return HostEntry.parse(entries, machine);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in " + file + ": " + e.getMessage(), e);
        }
    }

    private void check(String line, int number, Machine machine) {
        try {
            HostEntry.parse(List.of(line), machine);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in line " + number + " of " + file + ": " + e.getMessage(), e);
        }
    }

    private List<String> lines() {
        try {
            long bytes = Files.size(file);
            if (bytes > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "expected an inventory of at most " + MOST_BYTES + " bytes, found " + bytes + " in " + file);
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "expected a file that this worker can read, found none at " + file + "; it must be there on every"
                            + " worker that may run the connector",
                    e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("expected text in UTF-8, found other bytes in " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "expected a file that this worker can read, found " + e + " for " + file, e);
        }
    }
}
