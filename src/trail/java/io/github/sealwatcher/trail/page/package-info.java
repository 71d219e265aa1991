/** The report: one HTML page that opens from disk. */
@NullMarked
package io.github.sealwatcher.trail.page;

import org.jspecify.annotations.NullMarked;
