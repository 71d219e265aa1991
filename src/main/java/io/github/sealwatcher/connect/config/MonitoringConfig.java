package io.github.sealwatcher.connect.config;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * What is exposed to monitoring.
 *
 * @param perHost whether each host has metrics of its own
 */
public record MonitoringConfig(boolean perHost) {

    static final String PER_HOST = "metrics.per.host";

    static ConfigSection section() {
        return new ConfigSection(
                "Monitoring",
                false,
                List.of(ConfigKey.flag(
                        PER_HOST,
                        true,
                        "Metrics per host",
                        "Whether each host has metrics of its own beside those of its task: whether it is connected and"
                                + " synchronized, its containers, its events by origin, its lag, gaps and failures. That"
                                + " is about 30 metrics a host; with a thousand hosts set it to false if the monitoring"
                                + " system can't take them.")));
    }

    static MonitoringConfig from(AbstractConfig values) {
        return new MonitoringConfig(values.getBoolean(PER_HOST));
    }
}
