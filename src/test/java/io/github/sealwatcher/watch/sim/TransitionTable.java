package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.Step;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * State and input, with the states and the kinds of output that follow. A state is a kind of connection, or of resync while
 * connected.
 */
final class TransitionTable implements Tracer.StepObserver {

    private static final String NOTHING = "-";
    /** In which order the page lists them: as a connection goes through them. */
    private static final List<String> STATES =
            List.of("Waiting", "Connecting", "Listing", "Replaying", "Reporting", "Settling", "Idle", "Stopped");

    private final Map<String, Row> rows = new TreeMap<>();

    /** Reads the rows of a page in Markdown. */
    static TransitionTable parse(List<String> page) {
        var table = new TransitionTable();
        for (String line : page) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && STATES.contains(cells[1].strip())) {
                Row row = table.row(cells[1].strip(), cells[2].strip());
                row.states().addAll(words(cells[3]));
                row.outputs().addAll(words(cells[4]));
            }
        }
        return table;
    }

    /** Takes a step; an answer of an earlier connection has no row: it is to change nothing. */
    @Override
    public void stepped(State before, Input input, Step step) {
        Set<String> outputs = step.outputs().stream()
                .map(Output::getClass)
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        if (input instanceof Input.Answer answer && answer.epoch() != before.epoch()) {
            if (!outputs.isEmpty() || !nameOf(before).equals(nameOf(step.state()))) {
                throw new AssertionError("an answer of an earlier connection changed " + before + ": " + input);
            }
            return;
        }
        Row row = row(nameOf(before), input.getClass().getSimpleName());
        row.states().add(nameOf(step.state()));
        row.outputs().addAll(outputs);
    }

    /** The rows that the other table doesn't have, or that hold more than its own. */
    List<String> beyond(TransitionTable other) {
        return rows.entrySet().stream()
                .filter(entry -> !other.holds(entry.getKey(), entry.getValue()))
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The states that have a row. */
    Set<String> states() {
        return rows.keySet().stream()
                .map(key -> key.substring(0, key.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean holds(String key, Row found) {
        Row row = rows.get(key);
        return row != null
                && row.states().containsAll(found.states())
                && row.outputs().containsAll(found.outputs());
    }

    private Row row(String state, String input) {
        return rows.computeIfAbsent(state + " | " + input, key -> new Row(new TreeSet<>(), new TreeSet<>()));
    }

    private static String line(String key, Row row) {
        String states = STATES.stream().filter(row.states()::contains).collect(Collectors.joining(", "));
        String outputs = row.outputs().isEmpty() ? NOTHING : String.join(", ", row.outputs());
        return "| " + key + " | " + states + " | " + outputs + " |";
    }

    private static List<String> words(String cell) {
        return Stream.of(cell.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.equals(NOTHING))
                .toList();
    }

    private static String nameOf(State state) {
        Connection connection = state.connection();
        Object kind = connection instanceof Connection.Connected connected ? connected.resync() : connection;
        return kind.getClass().getSimpleName();
    }

    private record Row(Set<String> states, Set<String> outputs) {}
}
