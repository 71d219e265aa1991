package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As ssh_config(5) says; of the keywords, those that Podman's own client honours. */
class SshAliasTest {

    private static final Path HOME = Path.of("/home/watch");

    @Test
    void matchingBlocksApply() throws IOException {
        SshAlias alias = of("edge-1", """
            # a comment
            Host other
              HostName 10.0.0.9
            Host edge-*
              HostName %h.example.org
            \tPort=2222
              user = "podman watch"
              IdentityFile ~/.ssh/id_edge
              IdentityFile %d/keys/second
              IdentityFile none
            """);

        assertThat(alias)
                .isEqualTo(new SshAlias(
                        "edge-1.example.org",
                        "podman watch",
                        2222,
                        List.of(HOME.resolve(".ssh/id_edge"), HOME.resolve("keys/second")),
                        false));
    }

    @Test
    void firstValueWinsAndTheBeginningAppliesToAll() throws IOException {
        String text = """
            User everybody
            Host edge
              User never
              Port 23
            Host *
              Port 24
            """;
        assertThat(of("edge", text)).extracting(SshAlias::user, SshAlias::port).containsExactly("everybody", 23);
        assertThat(of("else", text)).extracting(SshAlias::user, SshAlias::port).containsExactly("everybody", 24);
    }

    @Test
    void negatedPatternLeavesAHostOut() throws IOException {
        String text = "Host * !edge-7\n  Port 2222\n";
        assertThat(of("edge-6", text).port()).isEqualTo(2222);
        assertThat(of("edge-7", text).port()).isZero();
    }

    /** What a Match block depends on is not known here: it concerns nobody. */
    @Test
    void matchBlocksAreSkipped() throws IOException {
        assertThat(of("edge", "Host edge\n  Port 23\nMatch all\n  HostName elsewhere\nHost edge\n  User me\n"))
                .isEqualTo(new SshAlias(null, "me", 23, List.of(), false));
    }

    @Test
    void proxyJumpIsReported() throws IOException {
        assertThat(of("edge", "Host edge\n ProxyJump bastion\n").jumps()).isTrue();
        assertThat(of("edge", "Host edge\n ProxyJump none\nHost *\n ProxyJump bastion\n")
                        .jumps())
                .isFalse();
    }

    @Test
    void addressOverridesTheAlias() throws IOException {
        SshAlias alias = of("edge", "Host edge\n HostName 10.0.0.9\n User me\n Port 2222\n");
        assertThat(alias.applied(new Address.Ssh(null, "edge", 22, "/p")).uri()).isEqualTo("ssh://me@10.0.0.9:2222/p");
        assertThat(alias.applied(new Address.Ssh("you", "edge", 23, null)).uri())
                .isEqualTo("ssh://you@10.0.0.9:23");
    }

    @Test
    void malformedValuesOfTheHostAreRejected() throws IOException {
        assertThatThrownBy(() -> of("edge", "Host edge\n  Port many\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("line 2: expected a Port from 1 to 65535");
        assertThatThrownBy(() -> of("edge", "Port 0\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("line 1: expected a Port from 1 to 65535");
        assertThat(of("edge", "Host other\n  Port many\nHost\nPort\n=\n\"\n").port())
                .isZero();
    }

    @Test
    @Timeout(10)
    void hostileFileTakesNoTime() throws IOException {
        assertThat(of("a".repeat(250), ("Host " + "*a".repeat(1000) + "b\n").repeat(400))
                        .port())
                .isZero();
    }

    @Test
    void missingFileIsEmptyAndOnlyARegularOneIsRead(@TempDir Path folder) throws IOException {
        assertThat(SshAlias.in(folder, "edge").hostName()).isNull();
        Path config = Files.writeString(folder.resolve("config"), "Host edge\n IdentityFile ~/key\n");
        assertThat(SshAlias.in(folder, "edge").identities())
                .containsExactly(folder.toAbsolutePath().getParent().resolve("key"));
        Files.delete(config);
        Files.createDirectory(config);
        assertThatThrownBy(() -> SshAlias.in(folder, "edge"))
                .isInstanceOf(IOException.class)
                .hasMessage("expected a regular file, found a directory");
    }

    private static SshAlias of(String host, String text) throws IOException {
        return SshAlias.of(text, host, HOME);
    }
}
