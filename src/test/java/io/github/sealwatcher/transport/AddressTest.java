package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @Test
    void readsUnixSockets() {
        assertThat(AddressParser.parse("unix:///run/podman/podman.sock"))
                .isEqualTo(new Address.Unix(Path.of("/run/podman/podman.sock")));
        assertThat(AddressParser.parse("UNIX:///a%20b")).isEqualTo(new Address.Unix(Path.of("/a b")));
    }

    @Test
    void readsTcpPorts() {
        assertThat(AddressParser.parse("tcp://edge-1.example:8080")).isEqualTo(new Address.Tcp("edge-1.example", 8080));
        assertThat(AddressParser.parse("tcp://[::1]:8080/")).isEqualTo(new Address.Tcp("::1", 8080));
    }

    @Test
    void readsTcpPortsBehindTls() {
        assertThat(AddressParser.parse("tcp+tls://edge-1:8080")).isEqualTo(new Address.Tls("tcp+tls", "edge-1", 8080));
        assertThat(AddressParser.parse("HTTPS://[::1]:8080/")).isEqualTo(new Address.Tls("https", "::1", 8080));
    }

    @Test
    void readsSocketsBehindSsh() {
        assertThat(AddressParser.parse("ssh://core@edge-1:2222/run/podman.sock"))
                .isEqualTo(new Address.Ssh("core", "edge-1", 2222, "/run/podman.sock"));
        assertThat(AddressParser.parse("ssh://edge-1")).isEqualTo(new Address.Ssh(null, "edge-1", 22, null));
        assertThat(AddressParser.parse("ssh://[::1]/")).isEqualTo(new Address.Ssh(null, "::1", 22, null));
        assertThat(AddressParser.parse("ssh://a%40b@h/p%20q")).isEqualTo(new Address.Ssh("a@b", "h", 22, "/p q"));
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
    void addressRoundTrips(String uri) {
        assertThat(AddressParser.parse(uri).uri()).isEqualTo(uri);
        assertThat(AddressParser.parse(uri)).hasToString(uri);
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
                    tcp://ho*st:1,              whose host or port can't be one
                    tcp://münchen:1,            whose host or port can't be one
                    tcp://host:0,               whose port isn't 1 to 65535
                    tcp://host:65536,           whose port isn't 1 to 65535
                    tcp://host:999999999,       whose port isn't 1 to 65535
                    unix:///a%00b,              a control character
                    ssh://h/a%0Ab,              a control character
                    unix:///a%FFb,              bytes that aren't UTF-8
                    """)
    void rejectsOthersWithExpectedAndFound(String uri, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressParser.parse(uri))
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
                "ssh://user:s3/cret@host",
                "ssh://user:s3@cr/s3@host",
                "ssh://user:s3cret",
                "ssh://user:s3/cret",
                "ssh://user:s3?cret@host",
                "unix:///path?s3cret"
            })
    void neverQuotesASecret(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressParser.parse(uri))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"))
                .withNoCause();
    }

    @Test
    void nameMayHaveAnUnderscore() {
        assertThat(AddressParser.parse("tcp://my_host:2375")).isEqualTo(new Address.Tcp("my_host", 2375));
        assertThat(AddressParser.parse("ssh://me@my_host:22/p")).isEqualTo(new Address.Ssh("me", "my_host", 22, "/p"));
        assertThat(AddressParser.parse("ssh://a%40b@my_host/p")).isEqualTo(new Address.Ssh("a@b", "my_host", 22, "/p"));
    }

    @Test
    void pathMayBeginWithSeveralSlashes() {
        assertThat(AddressParser.parse("ssh://h//run/podman.sock").uri()).isEqualTo("ssh://h//run/podman.sock");
        assertThat(AddressParser.parse("ssh://h//1").uri()).isEqualTo("ssh://h//1");
    }

    /** Whatever path or user there is: read back it is the same, and a comma list of such addresses can be taken apart. */
    @Test
    void everyAddressRoundTrips() {
        SplittableRandom random = new SplittableRandom(15);
        for (int i = 0; i < 50_000; i++) {
            Address address = any(random);
            String uri = address.uri();
            assertThat(AddressParser.parse(uri)).as(uri).isEqualTo(address);
            assertThat(uri).doesNotContain(",", "$", "{", "}", " ", "\\", "\"");
        }
    }

    /** Whatever text there is: it is refused, or what was read is read back. */
    @Test
    void everyTextIsRejectedOrRoundTrips() {
        SplittableRandom random = new SplittableRandom(16);
        List<String> pieces = List.of(
                "unix",
                "ssh",
                "tcp",
                "https",
                "tcp+tls",
                ":",
                "/",
                "//",
                "@",
                "%2C",
                ",",
                "%",
                "%40",
                "[",
                "]",
                "::1",
                "a",
                "ä",
                "_",
                "-",
                ".",
                "1",
                "65535",
                "?",
                "#",
                "=",
                " ",
                "\u2028",
                "{",
                "\ud800",
                "%E2%80%AE",
                "%FF",
                "~",
                "+");
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(pieces.get(random.nextInt(5))).append("://");
            for (int left = random.nextInt(8); left > 0; left--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            Address address;
            try {
                address = AddressParser.parse(text.toString());
            } catch (AddressException e) {
                assertThat(e.problem()).isNotEmpty();
                continue;
            }
            read++;
            assertThat(AddressParser.parse(address.uri())).as("%s", text).isEqualTo(address);
        }
        assertThat(read).isGreaterThan(1_000);
    }

    private static Address any(SplittableRandom random) {
        String host = random.nextBoolean() ? "my_host-1.example" : "fe80::1";
        int port = 1 + random.nextInt(65535);
        return switch (random.nextInt(4)) {
            case 0 -> new Address.Unix(Path.of("/" + word(random, 8)));
            case 1 -> new Address.Tcp(host, port);
            case 2 -> new Address.Tls(random.nextBoolean() ? "https" : "tcp+tls", host, port);
            default ->
                new Address.Ssh(
                        random.nextBoolean() ? null : "u" + word(random, 5).replace(":", ""),
                        host,
                        random.nextBoolean() ? 22 : port,
                        random.nextBoolean() ? null : "/" + word(random, 12));
        };
    }

    private static String word(SplittableRandom random, int max) {
        StringBuilder word = new StringBuilder("x");
        for (int left = random.nextInt(max); left > 0; left--) {
            int character = random.nextBoolean() ? ' ' + random.nextInt(95) : 0xA0 + random.nextInt(0x1_0000);
            boolean whole = Character.isDefined(character) && !(character >= 0xD800 && character < 0xE000);
            word.appendCodePoint(whole && character != 0xFFFD ? character : ',');
        }
        return word.toString();
    }

    @Test
    void rejectsImpossibleSocketPaths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressParser.parse("unix:///" + "x".repeat(107)))
                .withMessageContaining("107");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressParser.parse("tcp://host:65536"))
                .withMessageContaining("65535");
        assertThatIllegalArgumentException().isThrownBy(() -> AddressParser.parse("tcp://host:0"));
    }
}
