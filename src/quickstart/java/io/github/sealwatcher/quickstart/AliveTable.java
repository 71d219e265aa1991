package io.github.sealwatcher.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.quickstart.Columns.Column;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state topic folded into a table: a record with a value puts a container, one without takes it away. */
final class AliveTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Columns COLUMNS = Columns.of(
            new Column("host", 12),
            new Column("container", 20),
            new Column("id", 12),
            new Column("pod", 14),
            new Column("image", 20),
            new Column("status", 8),
            new Column("since", 8));

    private final ZoneId zone;
    private final Map<String, Entry> entries = new TreeMap<>();
    private boolean changed;

    AliveTable(ZoneId zone) {
        this.zone = zone;
    }

    /** Takes in one record of the state topic; {@code value} is JSON null for a container that is no more. */
    void put(JsonNode key, JsonNode value) {
        String id = Row.text(key, "host") + "/" + Row.text(key, "container_id");
        if (value.isObject()) {
            Entry entry = Entry.of(value);
            changed |= !entry.equals(entries.put(id, entry));
        } else {
            changed |= entries.remove(id) != null;
        }
    }

    int size() {
        return entries.size();
    }

    /** Whether it differs from what was last rendered. */
    boolean hasChanged() {
        return changed;
    }

    List<String> render() {
        changed = false;
        List<String> lines = new ArrayList<>();
        lines.add(entries.isEmpty() ? "No container is alive." : "Alive now: " + entries.size());
        if (!entries.isEmpty()) {
            lines.add(COLUMNS.titles());
            entries.values().stream().sorted(Entry.ORDER).map(this::line).forEach(lines::add);
        }
        return lines;
    }

    private String line(Entry entry) {
        String since = TIME.format(LineFormatter.instant(entry.sinceNanos()).atZone(zone));
        return COLUMNS.line(List.of(
                entry.host(), entry.container(), entry.id(), entry.pod(), entry.image(), entry.status(), since));
    }

    private record Entry(
            String host, String container, String id, String pod, String image, String status, long sinceNanos) {
        static final Comparator<Entry> ORDER =
                Comparator.comparing(Entry::host).thenComparing(Entry::pod).thenComparing(Entry::container);

        static Entry of(JsonNode value) {
            JsonNode container = value.path("container");
            String image = Row.text(container, "image");
            return new Entry(
                    Row.text(value, "host"),
                    Row.text(container, "name"),
                    Row.shortId(Row.text(container, "id")),
                    Row.podName(value.path("pod")),
                    image.substring(image.lastIndexOf('/') + 1),
                    Row.text(value, "status"),
                    value.path("since_ns").asLong());
        }
    }
}
