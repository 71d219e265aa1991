/**
 * What is written to the topics: schemas, records, and which record of a batch carries which offset.
 *
 * <p>Belongs here: names and types on the wire, which golden files pin. Does not belong here: what happened and in which order
 * (watch), and how an offset is encoded (connect.offset).
 */
@NullMarked
package io.github.sealwatcher.connect.record;

import org.jspecify.annotations.NullMarked;
