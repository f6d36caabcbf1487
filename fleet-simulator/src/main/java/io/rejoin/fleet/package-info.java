/** The fleet simulator's command line. */
@NullMarked
package io.rejoin.fleet;

import org.jspecify.annotations.NullMarked;
