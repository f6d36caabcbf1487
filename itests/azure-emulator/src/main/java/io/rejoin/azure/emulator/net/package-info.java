/** Listening addresses with the faults below MQTT and HTTP, and a small HTTP server. */
@NullMarked
package io.rejoin.azure.emulator.net;

import org.jspecify.annotations.NullMarked;
