/**
 * What Connect stores of a host: a checkpoint in a form that is flat, small, and readable by every later version.
 *
 * <p>Belongs here: encoding, decoding and checking of offsets, those of operators included. Does not belong here: what a checkpoint
 * holds (watch), and when it is stored (connect.record).
 */
@NullMarked
package io.github.sealwatcher.connect.offset;

import org.jspecify.annotations.NullMarked;
