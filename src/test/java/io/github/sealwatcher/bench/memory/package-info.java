/** A plugin that only the end-to-end benchmark loads: it sends the records that the connector would, from memory. */
package io.github.sealwatcher.bench.memory;
