package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import java.util.ArrayList;
import java.util.List;

/**
 * The working copy of one step: the parts of the state that change, and what is to be done. It lives for one step only,
 * so that the core stays a function.
 */
final class Turn {

    final Options options;
    final Now now;
    long epoch;
    Link link;

    Checkpoint checkpoint;

    Catalog catalog;
    Pending pending;
    State.Voice voice;
    History history;
    boolean again;
    Pace pace;

    private long tickets;
    private final List<Output> outputs = new ArrayList<>();

    Turn(Options options, State state, Now now) {
        this.options = options;
        this.now = now;
        epoch = state.epoch();
        link = state.link();
        checkpoint = state.checkpoint();
        catalog = state.catalog();
        pending = state.pending();
        voice = state.voice();
        history = state.history().at(now.ticksNs());
        again = state.again();
        pace = state.pace().at(now, options.overlapNs());
        tickets = state.tickets();
    }

    Step end() {
        State state = new State(epoch, link, checkpoint, catalog, pending, tickets, voice, history, again, pace);
        return new Step(state, outputs, Deadlines.next(state, options));
    }

    void request(Output output) {
        outputs.add(output);
    }

    /** Asks for what only an inspect tells of a container, for later; nothing waits for the answer. */
    void lookUpLater(ContainerId id) {
        outputs.add(new Output.LookUp(epoch, Item.NO_TICKET, id, false, true));
    }

    /** Asks for one container; the ticket tells the answer. */
    long lookUp(ContainerId id, boolean listed, boolean inspected) {
        long ticket = ++tickets;
        outputs.add(new Output.LookUp(epoch, ticket, id, listed, inspected));
        return ticket;
    }

    /**
     * Has one more event taken in. Once the clock was set back, one that seems to be yet to come is from before that and
     * doesn't say how far history was read.
     */
    void having(EngineEvent event, boolean repeatable) {
        boolean old = pace.steps() > 0 && event.timeNs() > now.wallNs() + options.overlapNs() / 2;
        checkpoint = checkpoint.having(event, repeatable, !old);
    }

    void emit(ContainerChange... changes) {
        emit(List.of(), List.of(changes));
    }

    void emit(HostChange change) {
        emit(List.of(change), List.of());
    }

    void emit(List<HostChange> hostChanges, List<ContainerChange> changes) {
        EngineIdentity engine = link instanceof Link.Linked linked ? linked.engine() : null;
        outputs.add(new Output.Emit(new Emission(engine, hostChanges, changes, now.wallNs(), checkpoint)));
        voice = voice.emitted(now.ticksNs());
    }
}
