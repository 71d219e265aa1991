package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The patterns are those of sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
class KnownHostsTest {

    private static final String KEY = " ssh-ed25519 AAAA comment *";

    @ParameterizedTest(name = "{0} for {1}:{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "*                           | web.example.org | 22   | web.example.org",
                "*                           | web.example.org | 2222 | [web.example.org]:2222,web.example.org",
                "*.example.org               | web.example.org | 22   | web.example.org",
                "*.example.org               | web.example.org | 2222 | web.example.org",
                "[*.example.org]:2222        | web.example.org | 2222 | [web.example.org]:2222",
                "[*.example.org]:2222        | web.example.org | 22   |",
                "*.Example.ORG               | WEB.example.org | 22   | WEB.example.org",
                "w?b.example.org             | web.example.org | 22   | web.example.org",
                "we?b.example.org            | web.example.org | 22   |",
                "*.example.org,!web.*        | web.example.org | 22   |",
                "!web.*,*.example.org        | api.example.org | 22   | api.example.org",
                "!web.*                      | api.example.org | 22   |",
                "other,*b.ex*e.or*           | web.example.org | 22   | web.example.org",
                "*.example.com               | web.example.org | 22   |",
                "192.168.1.?,!192.168.1.7    | 192.168.1.6     | 22   | 192.168.1.6",
                "192.168.1.?,!192.168.1.7    | 192.168.1.7     | 22   |",
            })
    void listOfPatternsBecomesTheNamesThatItMatches(String list, String host, int port, String names) {
        Address.Ssh address = new Address.Ssh(null, host, port, "/p");
        assertThat(KnownHosts.of(list + KEY, address)).isEqualTo(names == null ? "" : names + KEY + "\n");
        assertThat(KnownHosts.of("@cert-authority " + list + KEY, address))
                .isEqualTo(names == null ? "" : "@cert-authority " + names + KEY + "\n");
    }

    @Test
    void linesWithoutPatternAreUnchanged() {
        String lines = "# a * comment\n\nweb,[web]:2222 ssh-rsa AAAA\n|1|salt*=|hash?= ssh-rsa AAAA\n"
                + "@revoked *.elsewhere ssh-rsa BBBB\n";
        assertThat(KnownHosts.of(lines, new Address.Ssh(null, "web", 22, "/p"))).isEqualTo(lines);
    }

    @Test
    void keyThatIsRevokedByAPatternIsRevoked() {
        assertThat(KnownHosts.of("@revoked * ssh-rsa BBBB", new Address.Ssh(null, "web", 22, "/p")))
                .isEqualTo("@revoked web ssh-rsa BBBB\n");
    }

    @Test
    @Timeout(10)
    void hostilePatternsTakeNoTime() {
        String list = "*a".repeat(50_000) + "b";
        assertThat(KnownHosts.of(list + KEY, new Address.Ssh(null, "a".repeat(250), 22, "/p")))
                .isEmpty();
    }

    @Test
    void onlyARegularFileIsRead(@TempDir Path folder) throws IOException {
        Address.Ssh address = new Address.Ssh(null, "web", 22, "/p");
        assertThatThrownBy(() -> KnownHosts.read(Path.of("/dev/zero"), address))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "expected a regular file, found a device, pipe or socket, or a file that may not be looked at");
        assertThat(KnownHosts.read(Path.of("/proc/self/environ"), address)).isEmpty();
        Path file = Files.writeString(folder.resolve("known_hosts"), "* ssh-rsa AAAA");
        assertThat(KnownHosts.read(file, address)).asString().isEqualTo("web ssh-rsa AAAA\n");
    }
}
