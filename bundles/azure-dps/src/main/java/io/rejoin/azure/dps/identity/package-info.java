/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/** How the device proves who it is: symmetric keys and X.509 certificates. */
@NullMarked
package io.rejoin.azure.dps.identity;

import org.jspecify.annotations.NullMarked;
