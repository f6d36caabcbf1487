/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Kura's watchdog. */
@NullMarked
package io.rejoin.testbed.watchdog;

import org.jspecify.annotations.NullMarked;
