/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Kura's H2 databases. */
@NullMarked
package io.rejoin.testbed.store;

import org.jspecify.annotations.NullMarked;
