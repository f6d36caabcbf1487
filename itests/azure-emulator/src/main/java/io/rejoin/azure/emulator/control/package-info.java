/** The control page, for people and for scripts. */
@NullMarked
package io.rejoin.azure.emulator.control;

import org.jspecify.annotations.NullMarked;
