/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Kura's LED. */
@NullMarked
package io.rejoin.testbed.status;

import org.jspecify.annotations.NullMarked;
