package io.github.sealwatcher.host;

import io.github.sealwatcher.engine.ClockedAnswer;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.EventStream;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.state.ClockReading;
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
    private final Answers answers;
    private final Lookups lookups;

    Session(long epoch, Engine engine, HostRuntime runtime, Answers answers) {
        this.epoch = epoch;
        this.engine = engine;
        this.runtime = runtime;
        this.answers = answers;
        this.lookups = new Lookups(Lookups.DEFAULT_IN_FLIGHT, (lookUp, isAwaited) -> {
            if (isAwaited) {
                runtime.runRequest(lookUp);
            } else {
                runtime.runRequestLater(lookUp);
            }
        });
    }

    /** Where answers go. */
    interface Answers {
        void answer(Input input);

        /** As the last thing that the caller does: its thread may deal with the answer, before this returns. */
        void conclude(Input input);

        /** Of these there may be more at hand: until {@link #pausing} or an answer they may wait. */
        boolean replayed(Input input) throws InterruptedException;

        boolean streamed(Input input) throws InterruptedException;

        /** No more of them comes for now. */
        void pausing();
    }

    boolean isOf(long otherEpoch) {
        return epoch == otherEpoch;
    }

    void connect() {
        request(() -> {
            ClockedAnswer<EngineIdentity> answer = engine.ping();
            answers.answer(new Input.Connected(epoch, answer.value(), reading(answer)));
        });
    }

    void ping() {
        runtime.runRequest(() -> {
            @Nullable ClockedAnswer<EngineIdentity> answer = pinged();
            HostRuntime.runUntilDone(() ->
                    answers.conclude(new Input.Pinged(epoch, answer != null, answer == null ? null : reading(answer))));
        });
    }

    /** Whatever is wrong with an answer, it is none. */
    private @Nullable ClockedAnswer<EngineIdentity> pinged() {
        try {
            return engine.ping();
        } catch (EngineException | RuntimeException | Error e) {
            return null;
        }
    }

    void list() {
        request(() -> {
            ClockedAnswer<List<ObservedContainer>> answer = engine.list();
            answers.conclude(new Input.Listed(epoch, reading(answer), answer.value()));
        });
    }

    private static @Nullable ClockReading reading(ClockedAnswer<?> answer) {
        Long hostNs = answer.hostNs();
        return hostNs == null ? null : new ClockReading(hostNs, answer.askedTicks(), answer.answeredTicks());
    }

    void replay(long sinceNs) {
        request(() -> {
            try {
                readReplay(sinceNs);
            } catch (EngineException.Failed e) {
                // The engine's own error about its log; a connection that breaks is no such error.
                lost(Input.Loss.GARBLED, String.valueOf(e.getMessage()));
            }
        });
    }

    private void readReplay(long sinceNs) throws EngineException, InterruptedException {
        try (EventStream history = engine.replay(sinceNs)) {
            history.beforeWaiting(answers::pausing);
            for (EngineEvent event = history.next(); event != null; event = history.next()) {
                if (!answers.replayed(new Input.EventReplayed(epoch, event))) {
                    return;
                }
            }
        }
        answers.replayed(new Input.ReplayEnded(epoch));
        answers.pausing();
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
                stream.beforeWaiting(answers::pausing);
                for (EngineEvent event = stream.next(); event != null; event = stream.next()) {
                    if (!answers.streamed(new Input.EventReceived(epoch, event))) {
                        return;
                    }
                }
            }
            answers.streamed(new Input.Lost(epoch, Input.Loss.ENDED, "the event stream ended"));
            answers.pausing();
        })));
    }

    void lookUpPod(Output.LookupPod request) {
        lookUp(
                request.podId(),
                request.ticket(),
                () -> answers.answer(new Input.PodFound(epoch, request.ticket(), find(request))));
    }

    void lookUp(Output.Lookup request) {
        lookUp(
                request.id(),
                request.ticket(),
                () -> answers.answer(new Input.ContainerFound(epoch, request.ticket(), request.id(), find(request))));
    }

    private void lookUp(Object what, long ticket, Request request) {
        lookups.add(what, ticket != NO_TICKET, () -> guard(request));
    }

    private @Nullable PodRef find(Output.LookupPod request) throws EngineException {
        try {
            return engine.pod(request.podId()).orElse(null);
        } catch (EngineException.Garbled | EngineException.Failed e) {
            // An engine that answers nonsense for one pod still is to be heard about all else.
            return null;
        }
    }

    private @Nullable ObservedContainer find(Output.Lookup request) throws EngineException {
        try {
            Optional<ObservedContainer> listed = request.listed() ? engine.find(request.id()) : Optional.empty();
            Optional<ObservedContainer> inspected =
                    request.inspected() ? engine.inspect(request.id()) : Optional.empty();
            PodRef named = listed.map(ObservedContainer::pod).orElse(null);
            return inspected
                    .map(shown ->
                            named == null ? shown : new ObservedContainer(shown.container(), named, shown.state()))
                    .or(() -> listed)
                    .orElse(null);
        } catch (EngineException.Garbled | EngineException.Failed e) {
            // An engine that answers nonsense for one container still is to be heard about all others.
            return null;
        }
    }

    @Override
    public void close() {
        lookups.close();
        try {
            engine.close();
        } catch (RuntimeException | Error e) {
            // Its late answers are void anyway, and no request follows.
            LOG.warn("Closing an engine failed; its sockets may stay open", e);
        }
    }

    private void request(Request request) {
        runtime.runRequest(() -> guard(request));
    }

    private void guard(Request request) {
        try {
            request.perform();
        } catch (EngineException.Unsupported e) {
            lost(Input.Loss.NO_EVENT_LOG, String.valueOf(e.getMessage()));
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
        HostRuntime.runUntilDone(() -> answers.answer(new Input.Lost(epoch, loss, reason)));
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
