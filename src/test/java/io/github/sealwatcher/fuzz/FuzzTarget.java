package io.github.sealwatcher.fuzz;

/** Something that reads foreign bytes. */
@FunctionalInterface
public interface FuzzTarget {

    /** Reads them; whatever it throws is a finding. */
    void read(byte[] bytes) throws Exception;
}
