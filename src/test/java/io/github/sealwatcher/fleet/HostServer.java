package io.github.sealwatcher.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Any number of scripted hosts, each on a Unix socket of its own, all served by one thread: a thousand hosts must cost the
 * machine next to nothing beside the worker that watches them.
 */
public final class HostServer implements AutoCloseable {
    private final Path folder;
    private final Selector selector;
    private final Map<ScriptedHost, ServerSocketChannel> doors = new HashMap<>();
    private final List<ScriptedHost> hosts = new ArrayList<>();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::serve, "scripted-hosts");
    // Used by the thread only.
    private final Map<ScriptedHost, Set<Caller>> callers = new HashMap<>();
    private final Set<ScriptedHost> hung = new HashSet<>();
    private volatile boolean closed;

    private HostServer(Path folder, Selector selector) {
        this.folder = folder;
        this.selector = selector;
    }

    /** Hosts {@code <prefix>0000}, {@code <prefix>0001} and so on, that listen already. */
    public static HostServer start(String prefix, int count) {
        try {
            HostServer server = new HostServer(Files.createTempDirectory("fleet-"), Selector.open());
            for (int i = 0; i < count; i++) {
                server.open("%s%04d".formatted(prefix, i));
            }
            server.thread.setDaemon(true);
            server.thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All hosts, in the order of their names. */
    public List<ScriptedHost> hosts() {
        return List.copyOf(hosts);
    }

    /** The service of a host hangs from now on: it takes connections and answers nothing, nor ends what is open. */
    public void hang(ScriptedHost host) {
        order(() -> {
            hung.add(host);
            callers.get(host).forEach(Caller::hang);
        });
    }

    /** The service of a host is killed: what is open is cut, its socket file stays, and nobody listens. */
    public void refuse(ScriptedHost host) {
        order(() -> {
            closeDoor(host);
            List.copyOf(callers.get(host)).forEach(caller -> drop(host, caller));
        });
    }

    /** The service of a host is well again, as after a restart: what it left hanging is cut. */
    public void recover(ScriptedHost host) {
        order(() -> {
            if (hung.remove(host)) {
                List.copyOf(callers.get(host)).forEach(caller -> drop(host, caller));
            }
            if (!doors.get(host).isOpen()) {
                openDoor(host);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            hosts.forEach(this::closeDoor);
            callers.forEach((host, all) -> all.forEach(Caller::close));
            selector.close();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(String name) throws IOException {
        ScriptedHost host = new ScriptedHost(name, folder.resolve(name + ".sock"));
        openDoor(host);
        callers.put(host, new HashSet<>());
        hosts.add(host);
    }

    private void openDoor(ScriptedHost host) {
        try {
            Files.deleteIfExists(host.socket());
            ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(host.socket()));
            door.configureBlocking(false);
            door.register(selector, SelectionKey.OP_ACCEPT, host);
            doors.put(host, door);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeDoor(ScriptedHost host) {
        try {
            doors.get(host).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void order(Runnable order) {
        orders.add(order);
        selector.wakeup();
    }

    private void serve() {
        try {
            while (!closed) {
                selector.select(this::attend);
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void attend(SelectionKey key) {
        try {
            if (key.attachment() instanceof ScriptedHost host) {
                accept(host);
            } else if (key.attachment() instanceof Visit visit) {
                attend(key, visit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ScriptedHost host) throws IOException {
        SocketChannel channel = doors.get(host).accept();
        if (channel == null) {
            return;
        }
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, hung.contains(host) ? 0 : SelectionKey.OP_READ);
        Caller caller = new Caller(host, channel, key);
        key.attach(new Visit(host, caller));
        callers.get(host).add(caller);
    }

    private void attend(SelectionKey key, Visit visit) {
        boolean stays = false;
        try {
            if (key.isValid() && key.isWritable()) {
                visit.caller().write();
            }
            stays = !key.isValid() || !key.isReadable() || visit.caller().read();
        } catch (IOException e) {
            stays = false;
        }
        if (!stays) {
            drop(visit.host(), visit.caller());
        }
    }

    private void drop(ScriptedHost host, Caller caller) {
        callers.get(host).remove(caller);
        caller.close();
    }

    private record Visit(ScriptedHost host, Caller caller) {}
}
