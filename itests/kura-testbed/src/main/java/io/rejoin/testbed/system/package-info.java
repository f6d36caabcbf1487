/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Kura's SystemService. */
@NullMarked
package io.rejoin.testbed.system;

import org.jspecify.annotations.NullMarked;
