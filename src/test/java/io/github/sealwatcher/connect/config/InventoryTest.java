package io.github.sealwatcher.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.connect.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryTest {

    @TempDir
    private Path folder;

    @Test
    void readsNamesAndUrisAndLeavesCommentsOut() throws IOException {
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
                "a=tcp://a:1~b=ftp://b    | expected unix:///path",
                "a=tcp://a:1~~a=tcp://b:1 | host names must be unique, found \"a\"",
                "# nobody yet             | found no host in",
            })
    void saysWhatIsWrongAndWhere(String text, String said) {
        assertThatThrownBy(() -> read(text.replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("inventory");
    }

    @Test
    void saysThatTheFileIsMissingOrNoText() throws IOException {
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
