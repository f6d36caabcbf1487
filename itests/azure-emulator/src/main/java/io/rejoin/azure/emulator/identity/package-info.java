/** How devices prove who they are: shared access signatures and certificate thumbprints. */
@NullMarked
package io.rejoin.azure.emulator.identity;

import org.jspecify.annotations.NullMarked;
