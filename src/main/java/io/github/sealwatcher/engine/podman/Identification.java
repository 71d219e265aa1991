package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.podman.PodmanHttp.Exchange;
import io.github.sealwatcher.model.EngineIdentity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;

/** Who answers a ping. */
final class Identification {

    /** Podman alone sends it, and it holds the engine's own version; Docker and others lack it. */
    private static final String VERSION_HEADER = "Libpod-API-Version";

    private static final int OLDEST_MAJOR = 4;
    /** Whole, or a damaged answer would be reported as another engine. */
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.\\d{1,4}\\.\\d{1,4}([-+~].*)?");

    private Identification() {}

    static EngineIdentity of(Exchange exchange, String tried, EngineOptions options) throws EngineException {
        Header header = exchange.response().getFirstHeader(VERSION_HEADER);
        if (header == null) {
            throw new EngineException.NotPodman(
                    tried + ": expected Podman, but the answer has no " + VERSION_HEADER + " header; is this Docker?");
        }
        String version = Excerpt.of(header.getValue() == null ? "" : header.getValue());
        Matcher major = VERSION.matcher(version);
        if (!major.matches()) {
            throw new EngineException.NotPodman(
                    tried + ": expected a version such as 5.4.2 in " + VERSION_HEADER + ", found \"" + version + "\"");
        }
        if (Integer.parseInt(major.group(1)) < OLDEST_MAJOR) {
            throw new EngineException.Unsupported(
                    tried + ": expected Podman " + OLDEST_MAJOR + ".0 or newer, found " + version + "; update it");
        }
        Integer pid =
                options.pid() != null ? options.pid() : exchange.connection().peerPid();
        return new EngineIdentity(version, version, options.address().uri(), pid);
    }
}
