package io.github.sealwatcher.chaos.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events that a Podman keeps in a journal, in a file with a line for each, as Podman's own log has them. Where the journal
 * loses what it held the file is replaced by what is left, so whoever reads that log reads this one in the same way.
 */
final class JournalCopy implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> JOURNALCTL =
            List.of("journalctl", "--quiet", "--no-pager", "--output=json", "--lines=all", "SYSLOG_IDENTIFIER=podman");

    private final List<String> prefix;
    private final Path file;
    private final Process follower;
    private volatile boolean closed;

    /**
     * Copies until it is closed.
     *
     * @param prefix the words before every command where that Podman is
     */
    JournalCopy(List<String> prefix, Path file) {
        this.prefix = List.copyOf(prefix);
        this.file = file;
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            List<String> line = words(JOURNALCTL);
            line.add("--follow");
            follower = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::follow, "journal-copy");
        reader.setDaemon(true);
        reader.start();
    }

    private void follow() {
        try (BufferedReader entries =
                new BufferedReader(new InputStreamReader(follower.getInputStream(), StandardCharsets.UTF_8))) {
            for (String entry = entries.readLine(); entry != null; entry = entries.readLine()) {
                event(entry).ifPresent(this::append);
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void append(String line) {
        try {
            Files.writeString(file, line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal lost something: the file is replaced by what is left, and what is written meanwhile comes behind that. */
    synchronized void takeAgain() {
        String left = Command.run(words(JOURNALCTL).toArray(String[]::new));
        List<String> events =
                left.lines().map(JournalCopy::event).flatMap(Optional::stream).toList();
        try {
            Path next = file.resolveSibling("left");
            Files.write(next, events);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Podman writes it into a file; nothing for what is no event. */
    private static Optional<String> event(String entry) {
        try {
            JsonNode fields = JSON.readTree(entry);
            if (!fields.has("PODMAN_EVENT")) {
                return Optional.empty();
            }
            ObjectNode event = JSON.createObjectNode()
                    .put("ID", fields.path("PODMAN_ID").asText())
                    .put("Name", fields.path("PODMAN_NAME").asText())
                    .put("Status", fields.path("PODMAN_EVENT").asText())
                    .put("Time", fields.path("PODMAN_TIME").asText())
                    .put("Type", fields.path("PODMAN_TYPE").asText());
            String labels = fields.path("PODMAN_LABELS").asText();
            event.set("Attributes", labels.isEmpty() ? JSON.createObjectNode() : JSON.readTree(labels));
            return Optional.of(event.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> words(List<String> command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        return line;
    }

    @Override
    public void close() {
        closed = true;
        follower.destroyForcibly();
    }
}
