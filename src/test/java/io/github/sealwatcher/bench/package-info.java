/** Measures what the connector costs: from the bytes of an event stream to records, stage by stage, without Kafka. */
package io.github.sealwatcher.bench;
