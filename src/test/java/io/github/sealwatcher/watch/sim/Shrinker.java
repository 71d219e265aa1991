package io.github.sealwatcher.watch.sim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a script that a checker complains of as short as it can: leaves moves out, brings them closer together and makes
 * their arguments small, as long as a checker still complains of the same kind of thing. Equal scripts shrink equally.
 */
final class Shrinker {

    /** How the answers fall is chance; a shorter script may need them to fall otherwise. */
    private static final int OTHER_CHANCES = 3;

    private final String kind;
    private Script best;

    private Shrinker(Script failing, String kind) {
        this.best = failing;
        this.kind = kind;
    }

    /** @param failing a script that a checker complains of */
    static Script shrink(Script failing) {
        String complaint = complaint(failing);
        if (complaint == null) {
            throw new IllegalArgumentException("nothing is wrong with this script");
        }
        return shrink(failing, complaint);
    }

    /** @param complaint what a checker complains of */
    static Script shrink(Script failing, String complaint) {
        Shrinker shrinker = new Shrinker(failing, Table.kind(complaint));
        for (String before = ""; !before.equals(shrinker.best.toString()); ) {
            before = shrinker.best.toString();
            shrinker.leaveOut();
            shrinker.bringCloser();
            shrinker.simplify();
        }
        return shrinker.best;
    }

    /** The first complaint of a script; null if there is none. */
    static @Nullable String complaint(Script script) {
        List<String> all = complaints(script);
        return all.isEmpty() ? null : all.get(0);
    }

    private static List<String> complaints(Script script) {
        return Checkers.all(Simulation.of(script));
    }

    private void leaveOut() {
        for (int size = Math.max(1, best.moves().size() / 2); size >= 1; size /= 2) {
            for (int from = best.moves().size() - size; from >= 0; from -= size) {
                List<Move> fewer = new ArrayList<>(best.moves());
                List<Move> out = fewer.subList(from, Math.min(from + size, fewer.size()));
                out.removeIf(move -> move.verb() != Verb.WATCH);
                keep(best.with(fewer));
            }
        }
    }

    private void bringCloser() {
        for (int i = 0; i < best.moves().size(); i++) {
            long gapMs = best.moves().get(i).atMs()
                    - (i == 0 ? 0 : best.moves().get(i - 1).atMs());
            for (long less = gapMs; less > 0 && !keep(best.with(earlier(i, less))); less /= 2) {
                continue;
            }
        }
    }

    private List<Move> earlier(int from, long byMs) {
        List<Move> moved = new ArrayList<>();
        for (Move move : best.moves()) {
            moved.add(moved.size() < from ? move : move.at(move.atMs() - byMs));
        }
        return moved;
    }

    private void simplify() {
        best.setting()
                .more()
                .keySet()
                .forEach(knob -> keep(best.with(best.setting().without(knob))));
        for (int i = 0; i < best.moves().size(); i++) {
            Move move = best.moves().get(i);
            boolean named = move.verb().isOfContainer();
            for (int k = named ? 1 : 0; k < move.verb().arity; k++) {
                for (long less = 0;
                        Math.abs(less) < Math.abs(best.moves().get(i).argument(k)); ) {
                    long now = best.moves().get(i).argument(k);
                    if (keep(best.with(replaced(i, best.moves().get(i).with(k, less))))) {
                        break;
                    }
                    // Halfway between what is too small and what is known to do.
                    long next = less + (now - less) / 2;
                    if (next == less) {
                        break;
                    }
                    less = next;
                }
            }
        }
    }

    private List<Move> replaced(int at, Move by) {
        List<Move> moves = new ArrayList<>(best.moves());
        moves.set(at, by);
        return moves;
    }

    /** Goes on with this one if it fails in the same way; true if it does. */
    private boolean keep(Script candidate) {
        if (candidate.equals(best)) {
            return false;
        }
        for (long chance = -1; chance < OTHER_CHANCES; chance++) {
            Script tried =
                    chance < 0 ? candidate : candidate.with(candidate.setting().with(chance));
            if (complaints(tried).stream()
                    .anyMatch(complaint -> Table.kind(complaint).equals(kind))) {
                best = tried;
                return true;
            }
        }
        return false;
    }
}
