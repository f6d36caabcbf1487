/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/**
 * Whole lives of a gateway in virtual time: the flow, its supervisor and the outbox against a world
 * in which everything fails sooner or later.
 */
@NullMarked
package io.rejoin.simulation;

import org.jspecify.annotations.NullMarked;
