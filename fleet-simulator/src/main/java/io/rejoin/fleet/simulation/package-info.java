/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Discrete-event simulation of a fleet, its hub and DPS, in virtual time. */
@NullMarked
package io.rejoin.fleet.simulation;

import org.jspecify.annotations.NullMarked;
