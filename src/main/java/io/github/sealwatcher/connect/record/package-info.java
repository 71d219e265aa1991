/** What is written to the topics: schemas, records, and which record of a batch carries which offset. */
@NullMarked
package io.github.sealwatcher.connect.record;

import org.jspecify.annotations.NullMarked;
