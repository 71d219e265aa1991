package io.github.sealwatcher.soak;

import java.util.function.ToDoubleFunction;

/** What is sampled, in the order of the table's columns, and how much of a trend each may have. */
enum Measure {
    HEAP("heap_after_gc_mib", "heap in use after a full collection, MiB", Sample::heapMib, 0.05, 1.0),
    THREADS("threads", "threads", sample -> sample.process().threads(), 0, 4),
    FILES("descriptors", "open file descriptors", sample -> sample.process().files(), 0, 8),
    OFFSET_LARGEST(
            "offset_bytes_max",
            "the largest stored offset, bytes",
            sample -> sample.offsets().largest(),
            0.1,
            64),
    OFFSET_ALL(
            "offset_bytes_all",
            "all stored offsets, bytes",
            sample -> sample.offsets().all(),
            0.05,
            1024),
    LAG(
            "lag_ms_p50",
            "from event to consumer, median, ms",
            sample -> sample.lags().p50(),
            0.5,
            500),
    LAG_MOST(
            "lag_ms_max",
            "from event to consumer, longest, ms; faults included",
            sample -> sample.lags().most(),
            -1,
            -1),
    RESIDENT("resident_mib", "resident memory, MiB", sample -> sample.process().residentKb() / 1024.0, -1, -1),
    CPU("worker_core_percent", "the worker's share of a core, %", Sample::corePercent, 0.1, 0.4),
    EVENTS(
            "events",
            "events that arrived since the sample before",
            sample -> sample.lags().count(),
            -1,
            -1);

    private final String column;
    private final String title;
    private final ToDoubleFunction<Sample> value;
    private final double share;
    private final double least;

    /**
     * @param share of its own median that it may grow by from the end of the warm-up to the end of the run; negative if it
     *     isn't judged
     * @param least what it may grow by in any case
     */
    Measure(String column, String title, ToDoubleFunction<Sample> value, double share, double least) {
        this.column = column;
        this.title = title;
        this.value = value;
        this.share = share;
        this.least = least;
    }

    String column() {
        return column;
    }

    String title() {
        return title;
    }

    double of(Sample sample) {
        return value.applyAsDouble(sample);
    }

    /** Whether growth of it fails the run. */
    boolean isJudged() {
        return share >= 0;
    }

    double tolerance(double median) {
        return Math.max(least, share * median);
    }
}
