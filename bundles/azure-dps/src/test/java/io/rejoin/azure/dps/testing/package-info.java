/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/** What the tests share. */
@NullMarked
package io.rejoin.azure.dps.testing;

import org.jspecify.annotations.NullMarked;
