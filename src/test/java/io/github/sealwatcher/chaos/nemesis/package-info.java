/** What goes wrong meanwhile, on purpose. */
package io.github.sealwatcher.chaos.nemesis;
