package io.github.sealwatcher.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Sums up a flight recording: by the nearest package of ours, by method of ours, and by the method that ran. */
public final class Profile {

    private static final String OURS = "io.github.sealwatcher.";
    private static final String BENCH = OURS + "bench.";
    private static final int MAX_LINES = 25;

    private Profile() {}

    /** Arguments: the recording's file; then a part of a thread's name, all threads by default. */
    public static void main(String[] args) throws IOException {
        Map<String, Integer> packages = new HashMap<>();
        Map<String, Integer> own = new HashMap<>();
        Map<String, Integer> top = new HashMap<>();
        int samples = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(Path.of(args[0]))) {
            if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                samples++;
                List<RecordedFrame> frames = event.getStackTrace().getFrames();
                top.merge(nameOf(frames.get(0)), 1, Integer::sum);
                RecordedFrame nearest = frames.stream()
                        .filter(frame -> isOurs(typeOf(frame)))
                        .findFirst()
                        .orElse(null);
                own.merge(nearest == null ? "(none of ours)" : nameOf(nearest), 1, Integer::sum);
                packages.merge(nearest == null ? "(none of ours)" : packageOf(typeOf(nearest)), 1, Integer::sum);
            }
        }
        print("nearest package of ours", packages, samples);
        print("nearest method of ours", own, samples);
        print("method on top", top, samples);
    }

    private static boolean isOurs(String type) {
        return type.startsWith(OURS) && !type.startsWith(BENCH);
    }

    private static String typeOf(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    private static String nameOf(RecordedFrame frame) {
        String type = typeOf(frame);
        return (type.startsWith(OURS) ? type.substring(OURS.length()) : type) + "."
                + frame.getMethod().getName();
    }

    private static String packageOf(String type) {
        return type.substring(OURS.length(), type.lastIndexOf('.'));
    }

    private static void print(String title, Map<String, Integer> counts, int samples) {
        System.out.printf("%n%s, of %d samples%n", title, samples);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(MAX_LINES)
                .forEach(count ->
                        System.out.printf("%5.1f %%  %s%n", 100.0 * count.getValue() / samples, count.getKey()));
    }
}
