package io.github.sealwatcher.chaos.checker;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One trail for each topic prefix that the connector may have. */
public final class Trails implements AutoCloseable {
    private final List<ConsumedTrail> all;

    private Trails(List<ConsumedTrail> all) {
        this.all = all;
    }

    public static Trails of(String bootstrapServers, Path directory, List<String> prefixes) {
        return new Trails(prefixes.stream()
                .map(prefix -> new ConsumedTrail(bootstrapServers, prefix, directory.resolve(prefix + "-topics.jsonl")))
                .toList());
    }

    public List<ConsumedTrail> all() {
        return all;
    }

    /** Reads what there is by now, or waits a moment for more. */
    public void read() {
        all.forEach(ConsumedTrail::read);
    }

    /** What was told under whatever prefix, in the order of reading. */
    public List<EmittedEvent> emitted() {
        return joined(ConsumedTrail::emitted)
                .sorted(Comparator.comparingLong(EmittedEvent::readAtNs))
                .toList();
    }

    public List<Gap> gaps() {
        return joined(ConsumedTrail::gaps).toList();
    }

    public List<String> engines() {
        return joined(ConsumedTrail::engines).toList();
    }

    /** How often the connector has said that it knows all. */
    public int syncs() {
        return all.stream().mapToInt(ConsumedTrail::syncs).sum();
    }

    /** Whether it has said so since it was connected last, under whatever prefix that was. */
    boolean isSynchronized() {
        return all.stream().anyMatch(ConsumedTrail::isSynchronized);
    }

    @Override
    public void close() {
        all.forEach(ConsumedTrail::close);
    }

    private <T> Stream<T> joined(Function<ConsumedTrail, List<T>> part) {
        return all.stream().map(part).flatMap(List::stream);
    }
}
