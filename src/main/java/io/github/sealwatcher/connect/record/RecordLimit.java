package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.HostName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a container's labels and inspect copies within what a record may take: a producer refuses a record that is larger than its
 * limit, and the task with all its hosts would fail because of one container's labels. Of labels and inspect copies the
 * largest are left out. For one thread.
 */
final class RecordLimit {

    /** What describes a container beside its labels has far fewer characters on any real host. */
    static final int MAX_TEXT = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(RecordLimit.class);
    private static final long MAX_CHARACTER_BYTES = 6;
    private static final int MAX_NAMED = 20;
    private static final int MAX_NAME = 100;

    private final HostName host;
    private final long maxBytes;
    private boolean warned;

    RecordLimit(HostName host, long maxBytes) {
        this.host = host;
        this.maxBytes = maxBytes;
    }

    /**
     * A container that fits.
     *
     * @param truncated what was left out or cut, for a header; null if nothing was
     */
    record Fitted(Container container, @Nullable String truncated) {}

    private record Entry(boolean label, String key, long bytes) {
        String shown() {
            return (label ? "labels." : "inspect.") + printable(key);
        }
    }

    Fitted fit(Container container) {
        return surelyFits(container) ? new Fitted(container, null) : fitByWeight(container);
    }

    /** Without weighing each character: none takes more than six bytes. */
    private boolean surelyFits(Container container) {
        return !isLong(container.name())
                && !isLong(container.image())
                && !isLong(container.imageId())
                && MAX_CHARACTER_BYTES * (characters(container.labels()) + characters(container.inspect())) <= maxBytes;
    }

    private static boolean isLong(@Nullable String text) {
        return text != null && text.length() > MAX_TEXT;
    }

    private static long characters(Map<String, String> texts) {
        long characters = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            characters += text.getKey().length() + (long) text.getValue().length();
        }
        return characters;
    }

    private Fitted fitByWeight(Container container) {
        List<Entry> entries = new ArrayList<>();
        container.labels().forEach((key, value) -> entries.add(new Entry(true, key, weight(key) + weight(value))));
        container.inspect().forEach((key, value) -> entries.add(new Entry(false, key, weight(key) + weight(value))));
        long bytes = entries.stream().mapToLong(Entry::bytes).sum();
        List<String> truncated = new ArrayList<>();
        String name = cut("name", container.name(), truncated);
        String image = cut("image", container.image(), truncated);
        String imageId = cut("image_id", container.imageId(), truncated);
        if (bytes <= maxBytes && truncated.isEmpty()) {
            return new Fitted(container, null);
        }
        Map<String, String> labels = new HashMap<>(container.labels());
        Map<String, String> inspect = new HashMap<>(container.inspect());
        entries.sort(Comparator.comparingLong(Entry::bytes).reversed().thenComparing(Entry::key));
        for (Entry largest : entries) {
            if (bytes <= maxBytes) {
                break;
            }
            bytes -= largest.bytes();
            (largest.label() ? labels : inspect).remove(largest.key());
            truncated.add(largest.shown());
        }
        warnOnce(container, truncated);
        Container fitting = new Container(
                container.id(),
                name,
                image,
                imageId,
                labels,
                container.privileged(),
                container.infra(),
                inspect,
                container.detailSource());
        return new Fitted(fitting, shown(truncated));
    }

    /** A text that is short enough for a record. */
    static @Nullable String cut(@Nullable String text) {
        if (text == null || text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end);
    }

    private static @Nullable String cut(String field, @Nullable String text, List<String> truncated) {
        String fitting = cut(text);
        if (fitting != null && text != null && fitting.length() < text.length()) {
            truncated.add(field);
        }
        return fitting;
    }

    private void warnOnce(Container container, List<String> truncated) {
        if (!warned) {
            warned = true;
            LOG.warn(
                    "Host {}: container {} has more than a record may take ({} bytes of labels and inspect copies), so its"
                            + " largest values are left out of the record, whose header podman.truncated names them: {}."
                            + " This is logged once for this host. To keep them, raise record.max.bytes, and with it"
                            + " max.request.size of the producer and max.message.bytes of the topics",
                    host,
                    printable(container.id().value()),
                    maxBytes,
                    shown(truncated));
        }
    }

    private static String shown(List<String> truncated) {
        String named = String.join(",", truncated.subList(0, Math.min(MAX_NAMED, truncated.size())));
        return truncated.size() <= MAX_NAMED ? named : named + " and " + (truncated.size() - MAX_NAMED) + " more";
    }

    /** Foreign text, on one line and bounded. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(MAX_NAME)
                .map(c -> Character.isLetterOrDigit(c) || (c > ' ' && c < 0x7F && c != ',') ? c : '_')
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** In UTF-8 and as JSON, whichever is longer: a control character takes six bytes there. */
    private static long weight(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                bytes += 6;
            } else if (c == '"' || c == '\\') {
                bytes += 2;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }
}
