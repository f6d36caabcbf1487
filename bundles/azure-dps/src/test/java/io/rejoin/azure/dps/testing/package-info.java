/** What the tests share. */
@NullMarked
package io.rejoin.azure.dps.testing;

import org.jspecify.annotations.NullMarked;
