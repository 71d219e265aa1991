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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to an engine: performs what the core requests of it and answers. Everything that goes wrong becomes an
 * answer too; nothing is thrown.
 *
 * <p>Requests come from one thread at a time; each is performed on a thread of the runtime, a few look-ups at once.
 */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** Of a look-up that no event waits for. */
    private static final long NO_TICKET = 0;

    private final long epoch;
    private final Engine engine;
    private final HostRuntime runtime;
    private final Posts posts;
    private final LookUps lookUps;

    Session(long epoch, Engine engine, HostRuntime runtime, Posts posts) {
        this.epoch = epoch;
        this.engine = engine;
        this.runtime = runtime;
        this.posts = posts;
        this.lookUps = new LookUps(LookUps.DEFAULT_IN_FLIGHT, (lookUp, isAwaited) -> {
            if (isAwaited) {
                runtime.ask(lookUp);
            } else {
                runtime.askLater(lookUp);
            }
        });
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
            @Nullable Dated<EngineIdentity> answer = pinged();
            HostRuntime.insist(() ->
                    posts.answer(new Input.Pinged(epoch, answer != null, answer == null ? null : reading(answer))));
        });
    }

    /** Whatever is wrong with an answer, it is none. */
    private @Nullable Dated<EngineIdentity> pinged() {
        try {
            return engine.ping();
        } catch (EngineException | RuntimeException | Error e) {
            return null;
        }
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
            try {
                readHistory(sinceNs);
            } catch (EngineException.Failed e) {
                // What the engine says of its own log; a connection that breaks says nothing of it.
                lost(Input.Loss.GARBLED, String.valueOf(e.getMessage()));
            }
        });
    }

    private void readHistory(long sinceNs) throws EngineException, InterruptedException {
        try (EventStream history = engine.history(sinceNs)) {
            for (EngineEvent event = history.next(); event != null; event = history.next()) {
                if (!posts.recall(new Input.Recalled(epoch, event))) {
                    return;
                }
            }
        }
        posts.recall(new Input.RecallEnded(epoch));
    }

    void follow(long sinceNs) {
        read(() -> engine.follow(sinceNs));
    }

    void followNew() {
        read(engine::followNew);
    }

    private void read(Stream opening) {
        guard(() -> runtime.read(() -> guard(() -> {
            try (EventStream stream = opening.open()) {
                for (EngineEvent event = stream.next(); event != null; event = stream.next()) {
                    if (!posts.hear(new Input.Heard(epoch, event))) {
                        return;
                    }
                }
            }
            posts.hear(new Input.Lost(epoch, Input.Loss.ENDED, "the event stream ended"));
        })));
    }

    void lookUpPod(Output.LookUpPod request) {
        lookUp(
                request.podId(),
                request.ticket(),
                () -> posts.answer(new Input.PodFound(epoch, request.ticket(), find(request))));
    }

    void lookUp(Output.LookUp request) {
        lookUp(
                request.id(),
                request.ticket(),
                () -> posts.answer(new Input.LookedUp(epoch, request.ticket(), request.id(), find(request))));
    }

    private void lookUp(Object what, long ticket, Request request) {
        lookUps.add(what, ticket != NO_TICKET, () -> guard(request));
    }

    private @Nullable PodRef find(Output.LookUpPod request) throws EngineException {
        try {
            return engine.pod(request.podId()).orElse(null);
        } catch (EngineException.Garbled | EngineException.Failed e) {
            // An engine that answers nonsense for one pod still is to be heard about all else.
            return null;
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
        lookUps.close();
        try {
            engine.close();
        } catch (RuntimeException | Error e) {
            // What it still says is void all the same, and nothing is asked of it any more.
            LOG.warn("An engine failed to close; its sockets may stay open", e);
        }
    }

    private void ask(Request request) {
        runtime.ask(() -> guard(request));
    }

    private void guard(Request request) {
        try {
            request.perform();
        } catch (EngineException.Unsupported e) {
            lost(Input.Loss.NO_HISTORY, String.valueOf(e.getMessage()));
        } catch (EngineException e) {
            lost(Input.Loss.BROKEN, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A question without an answer would keep this host waiting for ever.
            lost(Input.Loss.BROKEN, "it couldn't be asked: " + e);
        }
    }

    private void lost(Input.Loss loss, String reason) {
        HostRuntime.insist(() -> posts.answer(new Input.Lost(epoch, loss, reason)));
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
