/** The test certificate authority and the servers' certificates. */
@NullMarked
package io.rejoin.azure.emulator.tls;

import org.jspecify.annotations.NullMarked;
