/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/** What outlives a restart: the assignment and the budget, in one small file. */
@NullMarked
package io.rejoin.azure.dps.state;

import org.jspecify.annotations.NullMarked;
