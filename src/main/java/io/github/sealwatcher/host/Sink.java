package io.github.sealwatcher.host;

/** Who takes what the hosts give out. Called by one thread at a time for each host. */
public interface Sink {

    /**
     * Takes an emission, blocking as long as there is no room for it.
     *
     * @return false if nothing is taken any more
     */
    boolean put(HostEmission emission) throws InterruptedException;

    /** Takes the error of a host that can't go on. */
    void park(FatalHostException error);
}
