package io.github.sealwatcher.bench.memory;

import io.github.sealwatcher.bench.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Gives the batches as fast as they are asked for, then nothing. */
public final class MemorySourceTask extends SourceTask {

    private static final Pattern TIME = Pattern.compile("\"timeNano\":(\\d+)");

    private final Queue<List<SourceRecord>> batches = new ArrayDeque<>();

    @Override
    public void start(Map<String, String> properties) {
        try {
            byte[] events = Files.readAllBytes(Path.of(properties.get(MemorySource.FILE)));
            Matcher first = TIME.matcher(new String(events, 0, Math.min(events.length, 4096), StandardCharsets.UTF_8));
            if (!first.find()) {
                throw new ConnectException("no event with a time in " + properties.get(MemorySource.FILE));
            }
            long beginNs = Long.parseLong(first.group(1));
            new Pipeline(false, beginNs, Map.of("topic.prefix", properties.get("topic.prefix")), batches::add)
                    .run(events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> batch = batches.poll();
        if (batch == null) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return batch;
    }

    @Override
    public void stop() {
        batches.clear();
    }

    @Override
    public String version() {
        return "1";
    }
}
