package io.github.sealwatcher.host;

import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EventStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Real engines, one call of which throws what no engine should. Thread-safe. */
final class TroubledEngines {

    // Guarded by this: all.
    private @Nullable String call;
    private @Nullable Throwable thrown;

    /** The next such call throws this, to any engine or stream of events. */
    synchronized void trouble(String nextCall, Throwable what) {
        call = nextCall;
        thrown = what;
    }

    /** Waits until it was thrown. */
    synchronized void awaitThrown() throws InterruptedException {
        while (thrown != null) {
            wait();
        }
    }

    Engine around(Engine real) {
        return around(Engine.class, real);
    }

    private synchronized @Nullable Throwable take(String name) {
        if (!name.equals(call) || thrown == null) {
            return null;
        }
        Throwable due = thrown;
        thrown = null;
        notifyAll();
        return due;
    }

    private <T> T around(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> perform(real, method, arguments)));
    }

    private Object perform(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        Throwable due = take(method.getName());
        if (due != null && !method.getName().equals("close")) {
            throw due;
        }
        try {
            Object answer = method.invoke(real, arguments);
            if (due != null) {
                throw due;
            }
            return answer instanceof EventStream stream ? around(EventStream.class, stream) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
