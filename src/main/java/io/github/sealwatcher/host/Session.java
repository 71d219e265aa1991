package io.github.sealwatcher.host;

import io.github.sealwatcher.engine.Dated;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.EventStream;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.ClockReading;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an engine: performs what the core requests of it and answers. Everything that goes wrong becomes an
 * answer too; nothing is thrown.
 *
 * <p>Requests come from one thread at a time; each is performed on a thread of the runtime, look-ups one after the other.
 */
final class Session implements AutoCloseable {

    private final long epoch;
    private final Engine engine;
    private final HostRuntime runtime;
    private final Posts posts;
    // Guarded by itself.
    private final Queue<Output.LookUp> lookUps = new ArrayDeque<>();
    private boolean lookingUp;

    Session(long epoch, Engine engine, HostRuntime runtime, Posts posts) {
        this.epoch = epoch;
        this.engine = engine;
        this.runtime = runtime;
        this.posts = posts;
    }

    /** Where answers go. */
    interface Posts {
        void answer(Input input);

        boolean recall(Input input) throws InterruptedException;

        boolean hear(Input input) throws InterruptedException;
    }

    boolean isOf(long otherEpoch) {
        return epoch == otherEpoch;
    }

    void connect() {
        ask(() -> {
            Dated<EngineIdentity> answer = engine.ping();
            posts.answer(new Input.Connected(epoch, answer.value(), reading(answer)));
        });
    }

    void ping() {
        runtime.ask(() -> {
            @Nullable Dated<EngineIdentity> answer = null;
            try {
                answer = engine.ping();
            } catch (EngineException e) {
                // That there is no answer is all that matters.
            }
            posts.answer(new Input.Pinged(epoch, answer != null, answer == null ? null : reading(answer)));
        });
    }

    void list() {
        ask(() -> {
            Dated<List<Observed>> answer = engine.list();
            posts.answer(new Input.Listed(epoch, reading(answer), answer.value()));
        });
    }

    private static @Nullable ClockReading reading(Dated<?> answer) {
        Long hostNs = answer.hostNs();
        return hostNs == null ? null : new ClockReading(hostNs, answer.askedTicks(), answer.answeredTicks());
    }

    void recall(long sinceNs) {
        ask(() -> {
            try (EventStream history = engine.history(sinceNs)) {
                for (EngineEvent event = history.next(); event != null; event = history.next()) {
                    if (!posts.recall(new Input.Recalled(epoch, event))) {
                        return;
                    }
                }
            }
            posts.recall(new Input.RecallEnded(epoch));
        });
    }

    void follow(long sinceNs) {
        read(() -> engine.follow(sinceNs));
    }

    void followNew() {
        read(engine::followNew);
    }

    private void read(Stream opening) {
        runtime.read(() -> guard(() -> {
            try (EventStream stream = opening.open()) {
                for (EngineEvent event = stream.next(); event != null; event = stream.next()) {
                    if (!posts.hear(new Input.Heard(epoch, event))) {
                        return;
                    }
                }
            }
            posts.hear(new Input.Lost(epoch, Input.Loss.ENDED, "the event stream ended"));
        }));
    }

    void lookUpPod(Output.LookUpPod request) {
        ask(() -> posts.answer(new Input.PodFound(
                epoch, request.ticket(), engine.pod(request.podId()).orElse(null))));
    }

    void lookUp(Output.LookUp request) {
        synchronized (lookUps) {
            lookUps.add(request);
            if (!lookingUp) {
                lookingUp = true;
                ask(this::performLookUps);
            }
        }
    }

    /** One at a time, so that a host with many containers doesn't look like one that hangs. */
    private void performLookUps() throws EngineException {
        Output.LookUp request = nextLookUp();
        if (request != null) {
            posts.answer(new Input.LookedUp(epoch, request.ticket(), request.id(), find(request)));
            ask(this::performLookUps);
        }
    }

    private Output.@Nullable LookUp nextLookUp() {
        synchronized (lookUps) {
            Output.LookUp next = lookUps.poll();
            lookingUp = next != null;
            return next;
        }
    }

    private @Nullable Observed find(Output.LookUp request) throws EngineException {
        try {
            Optional<Observed> listed = request.listed() ? engine.find(request.id()) : Optional.empty();
            Optional<Observed> inspected = request.inspected() ? engine.inspect(request.id()) : Optional.empty();
            PodRef named = listed.map(Observed::pod).orElse(null);
            return inspected
                    .map(shown -> named == null ? shown : new Observed(shown.container(), named, shown.run()))
                    .or(() -> listed)
                    .orElse(null);
        } catch (EngineException.Garbled | EngineException.Failed e) {
            // An engine that answers nonsense for one container still is to be heard about all others.
            return null;
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    private void ask(Request request) {
        runtime.ask(() -> guard(request));
    }

    private void guard(Request request) {
        try {
            request.perform();
        } catch (EngineException.Unsupported e) {
            posts.answer(new Input.Lost(epoch, Input.Loss.NO_HISTORY, String.valueOf(e.getMessage())));
        } catch (EngineException e) {
            posts.answer(new Input.Lost(epoch, Input.Loss.BROKEN, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A question without an answer would keep this host waiting for ever.
            posts.answer(new Input.Lost(epoch, Input.Loss.BROKEN, "it couldn't be asked: " + e));
        }
    }

    /** A way to open a stream. */
    @FunctionalInterface
    private interface Stream {
        EventStream open() throws EngineException;
    }

    /** Something asked of the engine. */
    @FunctionalInterface
    private interface Request {
        void perform() throws EngineException, InterruptedException;
    }
}
