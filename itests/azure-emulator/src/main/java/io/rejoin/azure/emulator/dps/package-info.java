/** The Device Provisioning Service. */
@NullMarked
package io.rejoin.azure.emulator.dps;

import org.jspecify.annotations.NullMarked;
