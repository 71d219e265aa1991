package io.github.sealwatcher.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A real OpenSSH server on loopback with its own configuration and keys, into which this process's own user may log in
 * with a key of its own. The machine's own server and the user's own keys aren't touched.
 */
public final class OpenSshServer implements AutoCloseable {

    public static final String USER = System.getProperty("user.name");

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final Path KEY_PROGRAM = Path.of("/usr/bin/ssh-keygen");
    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final int port;
    private Process process;

    private OpenSshServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * One that accepts connections.
     *
     * @param settings lines of sshd_config that go before all others, and so beat them
     */
    public static OpenSshServer started(Path folder, String... settings) {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no " + PROGRAM + " here (Debian: openssh-server)");
        var server = new OpenSshServer(folder, freePort());
        server.newKey("host_key", "");
        server.newKey("id_ed25519", "");
        server.write("authorized_keys", server.read("id_ed25519.pub"));
        server.trust("host_key");
        List<String> lines = new ArrayList<>(List.of(settings));
        lines.add("ListenAddress " + HOST + ":" + server.port);
        lines.add("HostKey " + folder.resolve("host_key"));
        lines.add("AuthorizedKeysFile " + folder.resolve("authorized_keys"));
        lines.add("PidFile none");
        lines.add("StrictModes no");
        lines.add("UsePAM no");
        lines.add("PasswordAuthentication no");
        lines.add("KbdInteractiveAuthentication no");
        lines.add("PermitRootLogin prohibit-password");
        lines.add("PermitUserEnvironment yes");
        server.write("sshd_config", String.join("\n", lines) + "\n");
        server.start();
        return server;
    }

    /** Starts it with the configuration it had. */
    public void start() {
        try {
            // As root it wants a folder that only the machine's own server would have made.
            if (USER.equals("root")) {
                Files.createDirectories(Path.of("/run/sshd"));
            }
            process = new ProcessBuilder(
                            PROGRAM.toString(),
                            "-D",
                            "-e",
                            "-f",
                            folder.resolve("sshd_config").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("sshd.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("sshd: " + read("sshd.log"))
                .pollInterval(Duration.ofMillis(10))
                .until(this::isListening);
    }

    /** Another host key from now on: as after the host was set up anew. */
    public void changeHostKey() {
        stop();
        newKey("host_key", "");
        start();
    }

    /** Ends the processes that serve connections, as when the network fails; new ones are accepted. */
    public void killSessions() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** Sends a signal to it and to the processes that serve connections: STOP lets it hang, CONT lets it go on. */
    public void signalAll(String signal) {
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(server -> signal(server, signal));
    }

    /** The process that serves a connection ends with it, at any moment. */
    private void signal(ProcessHandle server, String signal) {
        try {
            run("kill", "-" + signal, Long.toString(server.pid()));
        } catch (IllegalStateException e) {
            if (server.isAlive()) {
                throw e;
            }
        }
    }

    /** How many connections there are. */
    public long sessions() {
        return process.children().count();
    }

    public int port() {
        return port;
    }

    /** The address of a socket behind it. */
    public Address.Ssh address(Path socket) {
        return new Address.Ssh(USER, HOST, port, socket == null ? null : socket.toString());
    }

    /** The key that may log in. */
    public Path key() {
        return folder.resolve("id_ed25519");
    }

    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /** Options with which one may log in. */
    public SshOptions options() {
        return new SshOptions("nobody", folder, key(), null, knownHosts(), true, new SshKeyring());
    }

    /** Lets another key log in too. */
    public void authorize(Path key) {
        write("authorized_keys", read("authorized_keys") + read(key.getFileName() + ".pub"));
    }

    /** A new key, its public half beside it. */
    public Path newKey(String name, String passphrase) {
        return newKey(folder, name, passphrase);
    }

    /** A new key in a folder, its public half beside it. */
    public static Path newKey(Path folder, String name, String passphrase) {
        Assumptions.assumeTrue(Files.isExecutable(KEY_PROGRAM), "no " + KEY_PROGRAM + " here (Debian: openssh-client)");
        try {
            Path key = folder.resolve(name);
            Files.deleteIfExists(key);
            run(KEY_PROGRAM.toString(), "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", key.toString());
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a key the one that known_hosts has for this server. */
    public void trust(String key) {
        write("known_hosts", "[" + HOST + "]:" + port + " " + read(key + ".pub"));
    }

    /** What it has logged. */
    public String log() {
        return read("sshd.log");
    }

    /** Ends it with all its connections. */
    public void stop() {
        List<ProcessHandle> sessions = process.descendants().toList();
        process.destroy();
        sessions.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private boolean isListening() {
        if (!process.isAlive()) {
            throw new IllegalStateException("sshd has ended: " + log());
        }
        try (Socket socket = new Socket(HOST, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... line) {
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", line) + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
