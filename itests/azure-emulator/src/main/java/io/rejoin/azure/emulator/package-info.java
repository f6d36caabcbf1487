/**
 * An Azure IoT Hub and a Device Provisioning Service on loopback, as strict as Azure, with scripted
 * faults.
 */
@NullMarked
package io.rejoin.azure.emulator;

import org.jspecify.annotations.NullMarked;
