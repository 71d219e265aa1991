package io.github.sealwatcher.chaos.checker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found wrong, and the figures. */
public final class Verdict {
    private final String part;
    private final List<Violation> violations;
    private final Map<String, Object> figures;

    public Verdict() {
        this("", new ArrayList<>(), new LinkedHashMap<>());
    }

    private Verdict(String part, List<Violation> violations, Map<String, Object> figures) {
        this.part = part;
        this.violations = violations;
        this.figures = figures;
    }

    /** The same verdict; what is said through it is said of a part of the run. */
    public Verdict of(String name) {
        return new Verdict(part + name + ": ", violations, figures);
    }

    public void violated(String rule, String id, String what) {
        violations.add(new Violation(part + rule, id, what));
    }

    public void figure(String name, Object value) {
        figures.put(part + name, value);
    }

    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    public String figures() {
        StringBuilder text = new StringBuilder();
        figures.forEach((name, value) -> text.append(String.format("  %-44s %s%n", name, value)));
        return text.toString();
    }
}
