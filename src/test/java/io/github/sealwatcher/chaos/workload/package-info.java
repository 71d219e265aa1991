/** What containers and pods do meanwhile. */
package io.github.sealwatcher.chaos.workload;
