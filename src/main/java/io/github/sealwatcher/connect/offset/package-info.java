/** What Connect stores of a host: a checkpoint in a form that is flat, small, and readable by every later version. */
@NullMarked
package io.github.sealwatcher.connect.offset;

import org.jspecify.annotations.NullMarked;
