/** Benchmarks with a real worker and a real broker, each a process of its own. Nothing here uses code of the connector. */
package io.github.sealwatcher.bench.endtoend;
