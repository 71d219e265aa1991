package io.github.sealwatcher.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.connect.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {

    private static final String LONG_SECRET = "s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/"
            + "s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/s3cret/s3cret";

    @TempDir
    private Path folder;

    @Test
    void readsNamesAndUrisAndSkipsComments() throws IOException {
        List<HostEntry> hosts = read("# the fleet\n\n a = tcp://a:1 # rack 1\r\nb=unix:///run/b.sock\nc=tcp://c:3");

        assertThat(hosts)
                .extracting(HostEntry::toString)
                .containsExactly("a=tcp://a:1", "b=unix:///run/b.sock", "c=tcp://c:3");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a=tcp://a:1~b=ftp://b    | in line 2 of",
                "a=tcp://a:1~b=ftp://b    | and the uri is unix:///path, tcp://host:port, tcp+tls://host:port, https://host:port or ssh://[user@]host[:port]/path/to.sock; found an address whose scheme isn't supported",
                "a b=tcp://a:1            | found another name",
                "a=unix:///p,b=unix:///q  | found a second one after a comma; write it on a line of its own",
                "a=tcp://a:1~~a=tcp://b:1 | host names must be unique, found \"a\"",
                "# nobody yet             | found no host in",
            })
    void reportsTheErrorAndItsLine(String text, String said) {
        assertThatThrownBy(() -> read(text.replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("inventory");
    }

    /** Who configures a connector may not be one who may read the worker's files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "root:$y$j9T$s3cret:19000:0:99999:7:::",
                "s3cret",
                "s3cret=",
                "s3 cret=unix:///x",
                "a=s3cret://x",
                "a=tcp://s3cret",
                "a=unix:///" + LONG_SECRET,
                "a=ssh://me:s3cret@h/x",
                "a=unix:///x?s3cret",
                "a=unix:///x s3cret"
            })
    void neverQuotesAFileThatIsNotAnInventory(String line) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> {
                    for (Throwable at = e; at != null; at = at.getCause()) {
                        assertThat(at instanceof IllegalArgumentException && at != e ? "" : at.getMessage())
                                .doesNotContain("s3", "cret");
                    }
                });
    }

    @Test
    void pathMayHaveAnyCharacter() throws IOException {
        assertThat(read("a=unix:///tmp/x,y.sock\nb=unix:///tmp/%2C%20.sock\nc=ssh://h//run/podman.sock\nd=ssh://h//1"))
                .extracting(host -> host.address().uri())
                .containsExactly(
                        "unix:///tmp/x%2Cy.sock", "unix:///tmp/%2C%20.sock", "ssh://h//run/podman.sock", "ssh://h//1");
    }

    @Test
    void reportsWhoMayWriteToTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("hosts"), "a=unix:///a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(HostsConfig.inventoryWarning(Map.of("podman.hosts.file", file.toString())))
                .isNull();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(HostsConfig.inventoryWarning(Map.of("podman.hosts.file", file.toString())))
                .isEqualTo(
                        "The inventory file " + file + " can be written by every user of this machine, who so decides"
                                + " which hosts are watched and with which keys; take that right away (chmod o-w)");
    }

    @Test
    void reportsAMissingOrBinaryFile() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> new Inventory(missing.toString()).read(Samples.machine()))
                .hasMessageContaining("found none at " + missing);
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> new Inventory(bytes.toString()).read(Samples.machine()))
                .hasMessageContaining("expected text in UTF-8");
        assertThatThrownBy(() -> new Inventory(folder.toString()).read(Samples.machine()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.toString());
    }

    private List<HostEntry> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("inventory"), text);
        return new Inventory(file.toString()).read(Samples.machine());
    }
}
