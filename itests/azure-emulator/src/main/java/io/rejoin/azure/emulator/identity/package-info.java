/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** How devices prove who they are: shared access signatures and certificate thumbprints. */
@NullMarked
package io.rejoin.azure.emulator.identity;

import org.jspecify.annotations.NullMarked;
