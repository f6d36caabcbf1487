/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The fleet simulator's command line. */
@NullMarked
package io.rejoin.fleet;

import org.jspecify.annotations.NullMarked;
