/** The emulator against Microsoft's own SDK, Paho and the JDK's HTTP client. */
@NullMarked
package io.rejoin.azure.emulator;

import org.jspecify.annotations.NullMarked;
