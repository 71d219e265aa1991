package io.github.sealwatcher.transport;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.github.sealwatcher.transport.DialException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a machine about its Podman's socket, by commands over ssh. */
final class RemoteSocket {

    /** What Podman's own client asks. */
    private static final String ASK = "podman info --format '{{.Host.RemoteSocket.Path}}'";
    /**
     * OpenSSH reports only that it failed, whether the socket is missing or forwarding is forbidden. Words only it
     * prints; a path isn't searched for as a pattern.
     */
    private static final String LOOK =
            "sh -c 'if [ ! -e \"$1\" ]; then echo missing; elif [ ! -S \"$1\" ]; then echo plain;"
                    + " elif [ ! -w \"$1\" ]; then echo forbidden; elif [ ! -r /proc/net/unix ]; then echo unknown;"
                    + " elif grep -qF -- \" $1\" /proc/net/unix; then echo served; else echo deserted; fi' sh ";

    private static final int OPEN_ADMINISTRATIVELY_PROHIBITED = 1;
    private static final int OPEN_UNKNOWN_CHANNEL_TYPE = 3;
    private static final int MAX_OUTPUT_BYTES = 4096;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");
    private static final String SCHEME = "unix://";

    private RemoteSocket() {}

    /** The path of the socket of the Podman there. */
    static String ask(Session session, Address.Ssh address, Duration limit) throws DialException {
        Output output;
        try {
            output = run(session, ASK, limit);
        } catch (JSchException | IOException e) {
            throw unasked(address, String.valueOf(e.getMessage()), e);
        }
        String path = output.out();
        path = path.startsWith(SCHEME) ? path.substring(SCHEME.length()) : path;
        if (!path.startsWith("/")) {
            throw unasked(address, "it answered: " + (path + " " + output.err()).strip(), null);
        }
        return path;
    }

    /** Why a socket there couldn't be connected to. */
    static DialException refused(
            Session session, Address.Ssh address, String path, int code, Duration limit, JSchException e) {
        String user = session.getUserName();
        String at = address.uri() + ": ";
        String forwarding = "the ssh server doesn't forward to sockets for user " + user
                + "; allow it (AllowStreamLocalForwarding yes, no DisableForwarding and no restriction of the key in"
                + " authorized_keys)";
        if (code == OPEN_ADMINISTRATIVELY_PROHIBITED) {
            return new DialException(Reason.REJECTED, at + forwarding, e);
        }
        if (code == OPEN_UNKNOWN_CHANNEL_TYPE) {
            return new DialException(
                    Reason.REJECTED,
                    at + "the ssh server can't forward to sockets at all; OpenSSH can from version 6.7 on",
                    e);
        }
        return switch (look(session, path, limit)) {
            case "missing" ->
                new DialException(
                        Reason.MISSING,
                        at + "there is no socket " + path + " there that user " + user + " can see; is Podman's service"
                                + " started (systemctl enable --now podman.socket)?",
                        e);
            case "plain" ->
                new DialException(Reason.NOT_LISTENING, at + "nobody listens: " + path + " there is no socket", e);
            case "forbidden" ->
                new DialException(
                        Reason.NO_PERMISSION,
                        at + "user " + user + " may not connect to the socket " + path + " there; log in as its owner,"
                                + " or let that user write to it",
                        e);
            case "deserted" ->
                new DialException(
                        Reason.NOT_LISTENING,
                        at + "nobody listens at " + path + " there: a killed service leaves its socket file behind; is"
                                + " Podman's service started?",
                        e);
            case "served" -> new DialException(Reason.REJECTED, at + forwarding, e);
            default ->
                new DialException(
                        Reason.FAILED,
                        at + "the ssh server doesn't connect to " + path + " there; either there is no such socket that"
                                + " user " + user + " may use (is Podman's service started?), or " + forwarding,
                        e);
        };
    }

    private static String look(Session session, String path, Duration limit) {
        try {
            return run(session, LOOK + quoted(path), limit).out();
        } catch (JSchException | IOException e) {
            // Users may be allowed to forward and not to run commands.
            return "unknown";
        }
    }

    private static String quoted(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }

    private static DialException unasked(Address.Ssh address, String why, @Nullable Exception e) {
        return new DialException(
                Reason.FAILED,
                address.uri() + ": the address has no path, and Podman there doesn't report its socket's (" + ASK
                        + "): " + why + "; write the path into the address, as in " + address.uri()
                        + "/run/podman/podman.sock",
                e);
    }

    /** What a command printed, without what no terminal shows. */
    private record Output(String out, String err) {}

    private static Output run(Session session, String command, Duration limit) throws JSchException, IOException {
        ChannelExec exec = (ChannelExec) session.openChannel("exec");
        var out = new Collected();
        var err = new Collected();
        exec.setCommand(command);
        exec.setOutputStream(out);
        exec.setErrStream(err);
        try {
            exec.connect(Sockets.millis(limit));
            out.ended.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return new Output(out.text(), err.text());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            exec.disconnect();
        }
    }

    /** The beginning of what a command prints. */
    private static final class Collected extends ByteArrayOutputStream {

        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, Math.min(length, MAX_OUTPUT_BYTES - size()));
        }

        @Override
        public void close() {
            ended.complete(null);
        }

        String text() {
            return UNPRINTABLE
                    .matcher(toString(StandardCharsets.UTF_8))
                    .replaceAll(" ")
                    .strip();
        }
    }
}
