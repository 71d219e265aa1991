package io.github.sealwatcher.chaos;

/** What the host topic says of lost history. */
record Gap(long fromNs, long toNs, long atNs) {

    boolean covers(long timeNs) {
        return fromNs <= timeNs && timeNs <= toNs;
    }

    @Override
    public String toString() {
        return Wall.show(atNs) + "  gap from " + Wall.show(fromNs) + " to " + Wall.show(toNs);
    }
}
