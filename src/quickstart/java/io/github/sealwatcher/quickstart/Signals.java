package io.github.sealwatcher.quickstart;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and the like, turned into a question one can ask.
 *
 * <p>A JVM that is shutting down refuses new shutdown hooks, which broker, worker and metrics all want at their start: so
 * a signal that comes early must not begin the shutdown. Signals are no public API of the JDK; as Kafka does, this goes
 * by reflection, which needs no compiler warning to be silenced.
 */
final class Signals {
    private static final int STATUS_OF_SIGNALS = 128;
    private final AtomicInteger received = new AtomicInteger();

    private final Runnable atFirst;

    private Signals(Runnable atFirst) {
        this.atFirst = atFirst;
    }

    /** From now on a signal is only remembered, after {@code atFirst} has run; a second one ends the JVM at once. */
    static Signals caught(Runnable atFirst) {
        Signals signals = new Signals(atFirst);
        List.of("INT", "TERM", "HUP").forEach(signals::handle);
        return signals;
    }

    boolean anyReceived() {
        return received.get() != 0;
    }

    /** The exit status to end with: what shells expect after a signal, else {@code otherwise}. */
    int exitStatus(int otherwise) {
        return anyReceived() ? STATUS_OF_SIGNALS + received.get() : otherwise;
    }

    private void receive(int number) {
        if (received.compareAndSet(0, number)) {
            atFirst.run();
        } else {
            System.exit(exitStatus(1));
        }
    }

    private void handle(String name) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                        receive((int) signalClass.getMethod("getNumber").invoke(arguments[0]));
                        return null;
                    });
            signalClass
                    .getMethod("handle", signalClass, handlerClass)
                    .invoke(null, signalClass.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JVM has no sun.misc.Signal", e);
        }
    }
}
