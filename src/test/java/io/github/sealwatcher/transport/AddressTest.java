package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @Test
    void readsUnixSockets() {
        assertThat(Address.parse("unix:///run/podman/podman.sock"))
                .isEqualTo(new Address.Unix(Path.of("/run/podman/podman.sock")));
        assertThat(Address.parse("UNIX:///a%20b")).isEqualTo(new Address.Unix(Path.of("/a b")));
    }

    @Test
    void readsTcpPorts() {
        assertThat(Address.parse("tcp://edge-1.example:8080")).isEqualTo(new Address.Tcp("edge-1.example", 8080));
        assertThat(Address.parse("tcp://[::1]:8080/")).isEqualTo(new Address.Tcp("::1", 8080));
    }

    @Test
    void readsTcpPortsBehindTls() {
        assertThat(Address.parse("tcp+tls://edge-1:8080")).isEqualTo(new Address.Tls("tcp+tls", "edge-1", 8080));
        assertThat(Address.parse("HTTPS://[::1]:8080/")).isEqualTo(new Address.Tls("https", "::1", 8080));
    }

    @Test
    void readsSocketsBehindSsh() {
        assertThat(Address.parse("ssh://core@edge-1:2222/run/podman.sock"))
                .isEqualTo(new Address.Ssh("core", "edge-1", 2222, "/run/podman.sock"));
        assertThat(Address.parse("ssh://edge-1")).isEqualTo(new Address.Ssh(null, "edge-1", 22, null));
        assertThat(Address.parse("ssh://[::1]/")).isEqualTo(new Address.Ssh(null, "::1", 22, null));
        assertThat(Address.parse("ssh://a%40b@h/p%20q")).isEqualTo(new Address.Ssh("a@b", "h", 22, "/p q"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix:///run/podman.sock",
                "unix:///a%20b%25",
                "tcp://host:1",
                "tcp://[::1]:65535",
                "tcp+tls://host:1",
                "https://[::1]:1",
                "ssh://host",
                "ssh://host/p%20q",
                "ssh://a%40b%2Fc@[::1]:2222/run/podman.sock"
            })
    void writesWhatItReads(String uri) {
        assertThat(Address.parse(uri).uri()).isEqualTo(uri);
        assertThat(Address.parse(uri)).hasToString(uri);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    '',                         no scheme
                    /run/podman/podman.sock,    no scheme
                    http://host:1,              isn't supported
                    unix://run/podman.sock,     no absolute path
                    unix:///,                   no absolute path
                    unix:run/podman.sock,       no absolute path
                    'unix:///a b',              isn't a URI
                    tcp://host,                 no port
                    tcp://:80,                  no host
                    tcp://host:1/path,          has a path
                    tcp://host:1?a=b,           has a query
                    tcp+tls://host,             no port
                    https://host:1/path,        has a path
                    ssh:///run/podman.sock,     no host
                    """)
    void refusesOthersSayingWhatItExpectedAndFound(String uri, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(uri))
                .withMessageContaining("expected unix:///path, tcp://host:port")
                .withMessageContaining("found \"" + uri.replaceFirst("\\?.*", "") + "\"")
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://me:s3cret@host:1",
                "tcp://s3cret@host:1",
                "https://s3cret@host:1",
                "ssh://me:s3cret@host/path",
                "ssh://me:s3%20cret@host/path",
                "http://me:s3cret@host/path",
                "http://me:s3 cret@host/path",
                "http://me:s3@s3cret@host/path",
                "foo://host?token=s3cret",
                "unix:///path?s3cret"
            })
    void neverQuotesASecret(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(uri))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"))
                .withNoCause();
    }

    @Test
    void refusesWhatNoSocketCanHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse("unix:///" + "x".repeat(107)))
                .withMessageContaining("107");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse("tcp://host:65536"))
                .withMessageContaining("65535");
        assertThatIllegalArgumentException().isThrownBy(() -> Address.parse("tcp://host:0"));
    }
}
