package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** What reads addresses and the files of ssh. */
public final class TransportTargets {

    private static final Address.Ssh HOST = new Address.Ssh("me", "web.example.org", 2222, "/p");

    private TransportTargets() {}

    /** Refused with a reason that holds nothing of it, or read back as it was. */
    public static void address(byte[] bytes) {
        Address address;
        try {
            address = AddressParser.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (AddressException e) {
            assertThat(e.problem()).isNotEmpty();
            return;
        }
        assertThat(AddressParser.parse(address.uri())).isEqualTo(address);
        assertThat(address.uri()).doesNotContain(",", "{", "}", " ", "\n");
    }

    /** Lines for the ssh library, which refuses them or doesn't know the host. */
    public static void knownHosts(byte[] bytes) {
        String lines = KnownHosts.of(new String(bytes, StandardCharsets.ISO_8859_1), HOST);
        JSch jsch = new JSch();
        try {
            jsch.setKnownHosts(new ByteArrayInputStream(lines.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (JSchException e) {
            // Told where the file is read: "the known hosts can't be read".
            return;
        }
        assertThat(jsch.getHostKeyRepository().check(HOST.host(), new byte[] {0, 0, 0, 1, 7}))
                .isEqualTo(HostKeyRepository.NOT_INCLUDED);
    }
}
