package io.github.sealwatcher.trail.rule;

/** What a trail must keep to. */
public enum Rule {
    /** G1. */
    ORDER("order", "each container: start, then any of pause and unpause, then die"),
    /** G2. */
    ONCE("once", "no event_id is there twice"),
    /** What a record holds in several places. */
    IDENTITY("identity", "key, headers, event_id and digest of each record agree with its content"),
    /** The records of one life belong together. */
    LIFE("life", "the records of one life agree in its start and its pod"),
    /** G3 and G3a. */
    INFERRED("inferred", "what is inferred lies in a gap that was reported, or in a snapshot"),
    /** G4. */
    STATE("state", "folding the events gives the state topic"),
    /** The host topic by itself. */
    HOST("host", "gaps have a beginning and an end, and no host event is there twice"),
    /** Nothing else is in the topics. */
    READABLE("readable", "each record is one of the connector's");

    private final String word;
    private final String meaning;

    Rule(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** Its name in output. */
    public String word() {
        return word;
    }

    /** What holds if it is kept. */
    public String meaning() {
        return meaning;
    }
}
