package io.github.sealwatcher.watch.sim;

import java.util.List;
import java.util.stream.Collectors;

/** All that happens in one run. Equal scripts give equal runs; a move that doesn't fit what is changes nothing. */
record Script(Setting setting, List<Move> moves) {

    Script {
        moves = List.copyOf(moves);
    }

    /** What {@link #toString} gave; lines that begin with # are comments. */
    static Script parse(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        return new Script(
                Setting.parse(lines.get(0)),
                lines.stream().skip(1).map(Move::parse).toList());
    }

    Script with(List<Move> others) {
        return new Script(setting, others);
    }

    Script with(Setting other) {
        return new Script(other, moves);
    }

    @Override
    public String toString() {
        return setting + "\n" + moves.stream().map(it -> it + "\n").collect(Collectors.joining());
    }
}
