package io.github.sealwatcher.fuzz;

import io.github.sealwatcher.connect.config.ConfigTargets;
import io.github.sealwatcher.connect.offset.OffsetTargets;
import io.github.sealwatcher.engine.podman.DecoderTargets;
import io.github.sealwatcher.transport.TransportTargets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All targets by name, each with the inputs that it begins with. */
public final class Targets {

    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final Path RECORDED = Path.of("src/test/resources/podman");
    private static final int LINES = 20;

    private static final Map<String, FuzzTarget> ALL = new TreeMap<>(Map.of(
            "events", DecoderTargets::events,
            "list", DecoderTargets::list,
            "inspect", DecoderTargets::inspect,
            "http", DecoderTargets::http,
            "excerpt", DecoderTargets::excerpt,
            "address", TransportTargets::address,
            "known-hosts", TransportTargets::knownHosts,
            "inventory", ConfigTargets::inventory,
            "configuration", ConfigTargets::configuration,
            "pattern", ConfigTargets::pattern));

    static {
        ALL.put("offset", OffsetTargets::offset);
    }

    private Targets() {}

    /** Their names. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** The one of that name. */
    public static FuzzTarget of(String name) {
        FuzzTarget target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no target " + name + "; there are " + ALL.keySet());
        }
        return target;
    }

    /** What real Podmans said and what was found before: each file is an input; of recorded events, pieces of the log. */
    public static List<byte[]> seeds(String name) {
        List<byte[]> seeds = new ArrayList<>();
        files(SEEDS.resolve(name)).forEach(file -> seeds.add(read(file)));
        if (name.equals("events") || name.equals("excerpt")) {
            files(RECORDED).forEach(file -> seeds.addAll(pieces(file)));
        }
        return seeds;
    }

    private static List<byte[]> pieces(Path log) {
        List<String> lines =
                new String(read(log), StandardCharsets.UTF_8).lines().toList();
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += LINES) {
            String piece = String.join("\n", lines.subList(from, Math.min(lines.size(), from + LINES)));
            pieces.add(piece.getBytes(StandardCharsets.UTF_8));
        }
        return pieces;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
