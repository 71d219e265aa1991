package io.github.sealwatcher.connect.config;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/**
 * How a host is talked to.
 *
 * @param enginePid the engine's process; null to ask the socket for it
 * @param connectTimeoutMs milliseconds
 * @param requestTimeoutMs milliseconds
 */
public record ConnectionConfig(@Nullable Integer enginePid, int connectTimeoutMs, int requestTimeoutMs) {

    static final String ENGINE_PID = "engine.pid";
    static final String CONNECT_TIMEOUT = "connect.timeout.ms";
    static final String REQUEST_TIMEOUT = "request.timeout.ms";

    private static final String AUTO = "auto";

    static ConfigSection section() {
        return new ConfigSection(
                "Connection",
                true,
                List.of(
                        ConfigKey.millis(
                                CONNECT_TIMEOUT,
                                5000,
                                1,
                                "Connect timeout",
                                "How many milliseconds a host has to accept a connection."),
                        ConfigKey.millis(
                                REQUEST_TIMEOUT,
                                30_000,
                                1,
                                "Request timeout",
                                "How many milliseconds Podman has to answer a request. The event stream itself may be"
                                        + " silent for as long as it likes; ping.interval.ms watches over it."),
                        ConfigKey.text(
                                        ENGINE_PID,
                                        AUTO,
                                        "Engine PID",
                                        "The process id of Podman's API service, as written to each record's engine.pid."
                                                + " auto: the process at the other end of a local socket, and none for"
                                                + " a remote host.")
                                .rated(Importance.LOW)
                                .checked("auto or a positive number", ConnectionConfig::pid)));
    }

    static ConnectionConfig from(AbstractConfig values) {
        return new ConnectionConfig(
                pid(values.getString(ENGINE_PID)),
                saturated(values.getLong(CONNECT_TIMEOUT)),
                saturated(values.getLong(REQUEST_TIMEOUT)));
    }

    private static @Nullable Integer pid(Object value) {
        String text = value.toString().trim();
        if (text.equals(AUTO)) {
            return null;
        }
        try {
            int pid = Integer.parseInt(text);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException e) {
            throw badPid(text, e);
        }
        throw badPid(text, null);
    }

    private static IllegalArgumentException badPid(String found, @Nullable Exception cause) {
        return new IllegalArgumentException("expected auto or a positive number, found \"" + found + "\"", cause);
    }

    private static int saturated(long ms) {
        return (int) Math.min(Integer.MAX_VALUE, ms);
    }
}
