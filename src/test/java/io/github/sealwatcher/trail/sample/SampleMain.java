package io.github.sealwatcher.trail.sample;

import io.github.sealwatcher.trail.topic.TopicNames;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Writes a sample trail into the topics of a broker: brokers, prefix, hosts, lives, hours, seed. */
public final class SampleMain {
    private SampleMain() {}

    public static void main(String[] arguments) {
        int hosts = Integer.parseInt(arguments[2]);
        int lives = Integer.parseInt(arguments[3]);
        long lengthNs = TimeUnit.HOURS.toNanos(Long.parseLong(arguments[4]));
        long beginNs = TimeUnit.SECONDS.toNanos(Instant.now().getEpochSecond()) - lengthNs;
        SampleTrail trail = new SampleTrail(hosts, lives, beginNs, lengthNs, Long.parseLong(arguments[5]));
        RecordingWriter.write(arguments[0], TopicNames.of(arguments[1], "__podman-heartbeat"), trail::write);
    }
}
