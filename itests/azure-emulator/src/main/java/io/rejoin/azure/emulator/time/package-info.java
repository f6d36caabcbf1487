/** Clocks, rate limits and waiting for a condition. */
@NullMarked
package io.rejoin.azure.emulator.time;

import org.jspecify.annotations.NullMarked;
